# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncTranscriptionSessions:
    @property
    def with_raw_response(self) -> AsyncTranscriptionSessionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncTranscriptionSessionsWithStreamingResponse: ...

class AsyncTranscriptionSessionsWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncTranscriptionSessionsWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class TranscriptionSessions:
    @property
    def with_raw_response(self) -> TranscriptionSessionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> TranscriptionSessionsWithStreamingResponse: ...

class TranscriptionSessionsWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]

class TranscriptionSessionsWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
