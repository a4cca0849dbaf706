# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncInputTokens:
    @property
    def with_raw_response(self) -> AsyncInputTokensWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncInputTokensWithStreamingResponse: ...

class AsyncInputTokensWithRawResponse:
    count: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncInputTokensWithStreamingResponse:
    count: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class InputTokens:
    @property
    def with_raw_response(self) -> InputTokensWithRawResponse: ...
    @property
    def with_streaming_response(self) -> InputTokensWithStreamingResponse: ...

class InputTokensWithRawResponse:
    count: Callable[..., LegacyAPIResponse[Any]]

class InputTokensWithStreamingResponse:
    count: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
