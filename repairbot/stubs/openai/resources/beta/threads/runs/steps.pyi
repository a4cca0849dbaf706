# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from typing import Any

class AsyncSteps:
    @property
    def with_raw_response(self) -> AsyncStepsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncStepsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncStepsWithRawResponse:
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncStepsWithStreamingResponse:
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Steps:
    @property
    def with_raw_response(self) -> StepsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> StepsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class StepsWithRawResponse:
    retrieve: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class StepsWithStreamingResponse:
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
