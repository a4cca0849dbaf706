# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncPaginator
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import (
    APIResponse,
    AsyncAPIResponse,
    AsyncBinaryAPIResponse,
    AsyncResponseContextManager,
    BinaryAPIResponse,
    ResponseContextManager,
)
from anthropic.pagination import AsyncPage, AsyncPageCursor, SyncPage, SyncPageCursor
from collections.abc import Awaitable, Callable
from typing import Any

class AsyncFiles:
    @property
    def with_raw_response(self) -> AsyncFilesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncFilesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPageCursor[Any]] | AsyncPaginator[Any, AsyncPage[Any]]: ...
    async def download(self, *args, **kwargs) -> AsyncBinaryAPIResponse: ...

class AsyncFilesWithRawResponse:
    list: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    download: Callable[..., Awaitable[Any]]
    retrieve_metadata: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    upload: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncFilesWithStreamingResponse:
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    download: Callable[..., AsyncResponseContextManager[Any]]
    retrieve_metadata: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    upload: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Files:
    @property
    def with_raw_response(self) -> FilesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> FilesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncPageCursor[Any] | SyncPage[Any]: ...
    def download(self, *args, **kwargs) -> BinaryAPIResponse: ...

class FilesWithRawResponse:
    list: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    retrieve_metadata: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    upload: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]

class FilesWithStreamingResponse:
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    download: Callable[..., ResponseContextManager[Any]]
    retrieve_metadata: Callable[..., ResponseContextManager[APIResponse[Any]]]
    upload: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
