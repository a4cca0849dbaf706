# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.beta.assistants import (
    Assistants,
    AssistantsWithRawResponse,
    AssistantsWithStreamingResponse,
    AsyncAssistants,
    AsyncAssistantsWithRawResponse,
    AsyncAssistantsWithStreamingResponse,
)
from openai.resources.beta.chat.chat import AsyncChat, Chat
from openai.resources.beta.realtime.realtime import AsyncRealtime, Realtime
from openai.resources.beta.threads.threads import (
    AsyncThreads,
    AsyncThreadsWithRawResponse,
    AsyncThreadsWithStreamingResponse,
    Threads,
    ThreadsWithRawResponse,
    ThreadsWithStreamingResponse,
)
from openai.resources.chat.chat import AsyncChat as _AsyncChat, Chat as _Chat
from typing import Any

class AsyncBeta:
    @property
    def chat(self) -> _AsyncChat | AsyncChat: ...
    @property
    def realtime(self) -> AsyncRealtime: ...
    @property
    def assistants(self) -> AsyncAssistants: ...
    @property
    def threads(self) -> AsyncThreads: ...
    @property
    def with_raw_response(self) -> AsyncBetaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncBetaWithStreamingResponse: ...

class AsyncBetaWithRawResponse:
    @property
    def assistants(self) -> AsyncAssistantsWithRawResponse: ...
    @property
    def threads(self) -> AsyncThreadsWithRawResponse: ...

class AsyncBetaWithStreamingResponse:
    @property
    def assistants(self) -> AsyncAssistantsWithStreamingResponse: ...
    @property
    def threads(self) -> AsyncThreadsWithStreamingResponse: ...

class Beta:
    @property
    def chat(self) -> _Chat | Chat: ...
    @property
    def realtime(self) -> Realtime: ...
    @property
    def assistants(self) -> Assistants: ...
    @property
    def threads(self) -> Threads: ...
    @property
    def with_raw_response(self) -> BetaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> BetaWithStreamingResponse: ...

class BetaWithRawResponse:
    @property
    def assistants(self) -> AssistantsWithRawResponse: ...
    @property
    def threads(self) -> ThreadsWithRawResponse: ...

class BetaWithStreamingResponse:
    @property
    def assistants(self) -> AssistantsWithStreamingResponse: ...
    @property
    def threads(self) -> ThreadsWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
