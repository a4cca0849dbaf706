# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, AsyncPage, SyncCursorPage, SyncPage
from openai.resources.vector_stores.file_batches import (
    AsyncFileBatches,
    AsyncFileBatchesWithRawResponse,
    AsyncFileBatchesWithStreamingResponse,
    FileBatches,
    FileBatchesWithRawResponse,
    FileBatchesWithStreamingResponse,
)
from openai.resources.vector_stores.files import (
    AsyncFiles,
    AsyncFilesWithRawResponse,
    AsyncFilesWithStreamingResponse,
    Files,
    FilesWithRawResponse,
    FilesWithStreamingResponse,
)
from typing import Any

class AsyncVectorStores:
    @property
    def files(self) -> AsyncFiles: ...
    @property
    def file_batches(self) -> AsyncFileBatches: ...
    @property
    def with_raw_response(self) -> AsyncVectorStoresWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncVectorStoresWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...
    def search(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...

class AsyncVectorStoresWithRawResponse:
    @property
    def files(self) -> AsyncFilesWithRawResponse: ...
    @property
    def file_batches(self) -> AsyncFileBatchesWithRawResponse: ...
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    update: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    search: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncVectorStoresWithStreamingResponse:
    @property
    def files(self) -> AsyncFilesWithStreamingResponse: ...
    @property
    def file_batches(self) -> AsyncFileBatchesWithStreamingResponse: ...
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    update: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    search: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class VectorStores:
    @property
    def files(self) -> Files: ...
    @property
    def file_batches(self) -> FileBatches: ...
    @property
    def with_raw_response(self) -> VectorStoresWithRawResponse: ...
    @property
    def with_streaming_response(self) -> VectorStoresWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...
    def search(self, *args, **kwargs) -> SyncPage[Any]: ...

class VectorStoresWithRawResponse:
    @property
    def files(self) -> FilesWithRawResponse: ...
    @property
    def file_batches(self) -> FileBatchesWithRawResponse: ...
    create: Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    update: Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]]
    search: Callable[..., LegacyAPIResponse[Any]]

class VectorStoresWithStreamingResponse:
    @property
    def files(self) -> FilesWithStreamingResponse: ...
    @property
    def file_batches(self) -> FileBatchesWithStreamingResponse: ...
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    update: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    search: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
