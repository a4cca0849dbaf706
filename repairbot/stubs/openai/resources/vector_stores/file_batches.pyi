# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from typing import Any

class AsyncFileBatches:
    @property
    def with_raw_response(self) -> AsyncFileBatchesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncFileBatchesWithStreamingResponse: ...
    def list_files(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncFileBatchesWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    cancel: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list_files: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncFileBatchesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    cancel: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list_files: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class FileBatches:
    @property
    def with_raw_response(self) -> FileBatchesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> FileBatchesWithStreamingResponse: ...
    def list_files(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class FileBatchesWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    cancel: Callable[..., LegacyAPIResponse[Any]]
    list_files: Callable[..., LegacyAPIResponse[Any]]

class FileBatchesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    cancel: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list_files: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
