# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncPaginator
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from anthropic.pagination import AsyncPage, SyncPage
from collections.abc import Awaitable, Callable
from typing import Any

class AsyncModels:
    @property
    def with_raw_response(self) -> AsyncModelsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncModelsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...

class AsyncModelsWithRawResponse:
    retrieve: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncModelsWithStreamingResponse:
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Models:
    @property
    def with_raw_response(self) -> ModelsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> ModelsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncPage[Any]: ...

class ModelsWithRawResponse:
    retrieve: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]

class ModelsWithStreamingResponse:
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
