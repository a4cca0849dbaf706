# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from typing import Any

class AsyncBatches:
    @property
    def with_raw_response(self) -> AsyncBatchesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncBatchesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncBatchesWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    cancel: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncBatchesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    cancel: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Batches:
    @property
    def with_raw_response(self) -> BatchesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> BatchesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class BatchesWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]]
    cancel: Callable[..., LegacyAPIResponse[Any]]

class BatchesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    cancel: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
