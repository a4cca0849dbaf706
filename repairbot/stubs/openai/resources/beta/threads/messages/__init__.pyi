# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from typing import Any

class AsyncMessages:
    @property
    def with_raw_response(self) -> AsyncMessagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncMessagesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncMessagesWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    update: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncMessagesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    update: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Messages:
    @property
    def with_raw_response(self) -> MessagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> MessagesWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class MessagesWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    update: Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]]

class MessagesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    update: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
