# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import HttpxBinaryResponseContent, LegacyAPIResponse
from openai._response import APIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncSpeech:
    @property
    def with_raw_response(self) -> AsyncSpeechWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncSpeechWithStreamingResponse: ...
    async def create(self, *args, **kwargs) -> HttpxBinaryResponseContent: ...

class AsyncSpeechWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncSpeechWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[Any]]

class Speech:
    @property
    def with_raw_response(self) -> SpeechWithRawResponse: ...
    @property
    def with_streaming_response(self) -> SpeechWithStreamingResponse: ...
    def create(self, *args, **kwargs) -> HttpxBinaryResponseContent: ...

class SpeechWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class SpeechWithStreamingResponse:
    create: Callable[..., ResponseContextManager[Any]]

def __getattr__(name: str) -> Any: ...
