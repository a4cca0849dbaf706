# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncPage, SyncPage
from typing import Any

class AsyncModels:
    @property
    def with_raw_response(self) -> AsyncModelsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncModelsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...

class AsyncModelsWithRawResponse:
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncModelsWithStreamingResponse:
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Models:
    @property
    def with_raw_response(self) -> ModelsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> ModelsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncPage[Any]: ...

class ModelsWithRawResponse:
    retrieve: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class ModelsWithStreamingResponse:
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
