# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._response import APIResponse
from openai.pagination import AsyncCursorPage, SyncCursorPage
from openai.resources.beta.threads.messages.files import (
    AsyncFiles,
    AsyncFilesWithRawResponse,
    Files,
    FilesWithRawResponse,
)
from typing import Any

class AsyncMessages:
    files: AsyncFiles
    with_raw_response: AsyncMessagesWithRawResponse
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncMessagesWithRawResponse:
    files: AsyncFilesWithRawResponse
    create: Callable[..., Awaitable[APIResponse[Any]]]
    retrieve: Callable[..., Awaitable[APIResponse[Any]]]
    update: Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[APIResponse[Any]]]

class Messages:
    files: Files
    with_raw_response: MessagesWithRawResponse
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class MessagesWithRawResponse:
    files: FilesWithRawResponse
    create: Callable[..., APIResponse[Any]]
    retrieve: Callable[..., APIResponse[Any]]
    update: Callable[..., APIResponse[Any]]
    list: Callable[..., APIResponse[Any]]

def __getattr__(name: str) -> Any: ...
