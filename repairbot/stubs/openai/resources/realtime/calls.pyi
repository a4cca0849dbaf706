# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import HttpxBinaryResponseContent, LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncCalls:
    @property
    def with_raw_response(self) -> AsyncCallsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncCallsWithStreamingResponse: ...
    async def create(self, *args, **kwargs) -> HttpxBinaryResponseContent: ...

class AsyncCallsWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    accept: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    hangup: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    refer: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    reject: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncCallsWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[Any]]
    accept: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    hangup: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    refer: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    reject: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Calls:
    @property
    def with_raw_response(self) -> CallsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> CallsWithStreamingResponse: ...
    def create(self, *args, **kwargs) -> HttpxBinaryResponseContent: ...

class CallsWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    accept: Callable[..., LegacyAPIResponse[Any]]
    hangup: Callable[..., LegacyAPIResponse[Any]]
    refer: Callable[..., LegacyAPIResponse[Any]]
    reject: Callable[..., LegacyAPIResponse[Any]]

class CallsWithStreamingResponse:
    create: Callable[..., ResponseContextManager[Any]]
    accept: Callable[..., ResponseContextManager[APIResponse[Any]]]
    hangup: Callable[..., ResponseContextManager[APIResponse[Any]]]
    refer: Callable[..., ResponseContextManager[APIResponse[Any]]]
    reject: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
