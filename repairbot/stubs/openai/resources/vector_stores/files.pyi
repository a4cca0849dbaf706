# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, AsyncPage, SyncCursorPage, SyncPage
from typing import Any

class AsyncFiles:
    @property
    def with_raw_response(self) -> AsyncFilesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncFilesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...
    def content(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...

class AsyncFilesWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    update: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    content: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncFilesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    update: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    content: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Files:
    @property
    def with_raw_response(self) -> FilesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> FilesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...
    def content(self, *args, **kwargs) -> SyncPage[Any]: ...

class FilesWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    update: Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]]
    content: Callable[..., LegacyAPIResponse[Any]]

class FilesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    update: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    content: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
