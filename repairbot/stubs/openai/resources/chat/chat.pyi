# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.chat.completions.completions import (
    AsyncCompletions,
    AsyncCompletionsWithRawResponse,
    AsyncCompletionsWithStreamingResponse,
    Completions,
    CompletionsWithRawResponse,
    CompletionsWithStreamingResponse,
)
from typing import Any

class AsyncChat:
    @property
    def completions(self) -> AsyncCompletions: ...
    @property
    def with_raw_response(self) -> AsyncChatWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncChatWithStreamingResponse: ...

class AsyncChatWithRawResponse:
    @property
    def completions(self) -> AsyncCompletionsWithRawResponse: ...

class AsyncChatWithStreamingResponse:
    @property
    def completions(self) -> AsyncCompletionsWithStreamingResponse: ...

class Chat:
    @property
    def completions(self) -> Completions: ...
    @property
    def with_raw_response(self) -> ChatWithRawResponse: ...
    @property
    def with_streaming_response(self) -> ChatWithStreamingResponse: ...

class ChatWithRawResponse:
    @property
    def completions(self) -> CompletionsWithRawResponse: ...

class ChatWithStreamingResponse:
    @property
    def completions(self) -> CompletionsWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
