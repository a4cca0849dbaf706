# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from openai.resources.fine_tuning.jobs.checkpoints import (
    AsyncCheckpoints,
    AsyncCheckpointsWithRawResponse,
    AsyncCheckpointsWithStreamingResponse,
    Checkpoints,
    CheckpointsWithRawResponse,
    CheckpointsWithStreamingResponse,
)
from typing import Any

class AsyncJobs:
    @property
    def checkpoints(self) -> AsyncCheckpoints: ...
    @property
    def with_raw_response(self) -> AsyncJobsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncJobsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...
    def list_events(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncJobsWithRawResponse:
    @property
    def checkpoints(self) -> AsyncCheckpointsWithRawResponse: ...
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    cancel: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    list_events: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    pause: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    resume: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncJobsWithStreamingResponse:
    @property
    def checkpoints(self) -> AsyncCheckpointsWithStreamingResponse: ...
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    cancel: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list_events: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    pause: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    resume: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Jobs:
    @property
    def checkpoints(self) -> Checkpoints: ...
    @property
    def with_raw_response(self) -> JobsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> JobsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...
    def list_events(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class JobsWithRawResponse:
    @property
    def checkpoints(self) -> CheckpointsWithRawResponse: ...
    create: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    cancel: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    list_events: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    pause: Callable[..., LegacyAPIResponse[Any]]
    resume: Callable[..., LegacyAPIResponse[Any]]

class JobsWithStreamingResponse:
    @property
    def checkpoints(self) -> CheckpointsWithStreamingResponse: ...
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    cancel: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list_events: Callable[..., ResponseContextManager[APIResponse[Any]]]
    pause: Callable[..., ResponseContextManager[APIResponse[Any]]]
    resume: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
