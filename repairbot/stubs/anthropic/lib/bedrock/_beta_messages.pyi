# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from collections.abc import Awaitable, Callable
from typing import Any

class AsyncMessages:
    @property
    def with_raw_response(self) -> AsyncMessagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncMessagesWithStreamingResponse: ...

class AsyncMessagesWithRawResponse:
    create: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    parse: Callable[..., Awaitable[AsyncAPIResponse[Any]]]

class AsyncMessagesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Messages:
    @property
    def with_raw_response(self) -> MessagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> MessagesWithStreamingResponse: ...

class MessagesWithRawResponse:
    create: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    parse: Callable[..., APIResponse[Any]]

class MessagesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
