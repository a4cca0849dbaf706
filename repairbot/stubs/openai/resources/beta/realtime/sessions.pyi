# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncSessions:
    @property
    def with_raw_response(self) -> AsyncSessionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncSessionsWithStreamingResponse: ...

class AsyncSessionsWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncSessionsWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Sessions:
    @property
    def with_raw_response(self) -> SessionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> SessionsWithStreamingResponse: ...

class SessionsWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]

class SessionsWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
