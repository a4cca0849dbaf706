# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncVoices:
    @property
    def with_raw_response(self) -> AsyncVoicesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncVoicesWithStreamingResponse: ...

class AsyncVoicesWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncVoicesWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Voices:
    @property
    def with_raw_response(self) -> VoicesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> VoicesWithStreamingResponse: ...

class VoicesWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]]

class VoicesWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
