# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic.lib.bedrock._beta_messages import (
    AsyncMessages,
    AsyncMessagesWithRawResponse,
    AsyncMessagesWithStreamingResponse,
    Messages,
    MessagesWithRawResponse,
    MessagesWithStreamingResponse,
)
from typing import Any

class AsyncBeta:
    @property
    def messages(self) -> AsyncMessages: ...
    @property
    def with_raw_response(self) -> AsyncBetaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncBetaWithStreamingResponse: ...

class AsyncBetaWithRawResponse:
    @property
    def messages(self) -> AsyncMessagesWithRawResponse: ...

class AsyncBetaWithStreamingResponse:
    @property
    def messages(self) -> AsyncMessagesWithStreamingResponse: ...

class Beta:
    @property
    def messages(self) -> Messages: ...
    @property
    def with_raw_response(self) -> BetaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> BetaWithStreamingResponse: ...

class BetaWithRawResponse:
    @property
    def messages(self) -> MessagesWithRawResponse: ...

class BetaWithStreamingResponse:
    @property
    def messages(self) -> MessagesWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
