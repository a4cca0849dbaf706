# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import HttpxBinaryResponseContent, LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, AsyncPage, SyncCursorPage, SyncPage
from typing import Any

class AsyncFiles:
    @property
    def with_raw_response(self) -> AsyncFilesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncFilesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]] | AsyncPaginator[Any, AsyncPage[Any]]: ...
    async def content(self, *args, **kwargs) -> HttpxBinaryResponseContent: ...

class AsyncFilesWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    content: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    retrieve_content: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncFilesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    content: Callable[..., AsyncResponseContextManager[Any]]
    retrieve_content: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Files:
    @property
    def with_raw_response(self) -> FilesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> FilesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any] | SyncPage[Any]: ...
    def content(self, *args, **kwargs) -> HttpxBinaryResponseContent: ...

class FilesWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    content: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    retrieve_content: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class FilesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    content: Callable[..., ResponseContextManager[Any]]
    retrieve_content: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
