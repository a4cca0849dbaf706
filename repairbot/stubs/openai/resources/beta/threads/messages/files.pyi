# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._response import APIResponse
from openai.pagination import AsyncCursorPage, SyncCursorPage
from typing import Any

class AsyncFiles:
    with_raw_response: AsyncFilesWithRawResponse
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncFilesWithRawResponse:
    retrieve: Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[APIResponse[Any]]]

class Files:
    with_raw_response: FilesWithRawResponse
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class FilesWithRawResponse:
    retrieve: Callable[..., APIResponse[Any]]
    list: Callable[..., APIResponse[Any]]

def __getattr__(name: str) -> Any: ...
