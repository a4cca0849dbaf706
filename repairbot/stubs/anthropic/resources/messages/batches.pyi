# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncPaginator
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from anthropic.pagination import AsyncPage, SyncPage
from collections.abc import Awaitable, Callable
from typing import Any

class AsyncBatches:
    @property
    def with_raw_response(self) -> AsyncBatchesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncBatchesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...

class AsyncBatchesWithRawResponse:
    create: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    cancel: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    results: Callable[..., Awaitable[AsyncAPIResponse[Any]]]

class AsyncBatchesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    cancel: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    results: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Batches:
    @property
    def with_raw_response(self) -> BatchesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> BatchesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncPage[Any]: ...

class BatchesWithRawResponse:
    create: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    cancel: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    results: Callable[..., APIResponse[Any]]

class BatchesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    cancel: Callable[..., ResponseContextManager[APIResponse[Any]]]
    results: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
