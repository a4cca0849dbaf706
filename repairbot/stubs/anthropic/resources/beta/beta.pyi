# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic.resources.beta.files import (
    AsyncFiles,
    AsyncFilesWithRawResponse,
    AsyncFilesWithStreamingResponse,
    Files,
    FilesWithRawResponse,
    FilesWithStreamingResponse,
)
from anthropic.resources.beta.messages.messages import (
    AsyncMessages,
    AsyncMessagesWithRawResponse,
    AsyncMessagesWithStreamingResponse,
    Messages,
    MessagesWithRawResponse,
    MessagesWithStreamingResponse,
)
from anthropic.resources.beta.models import (
    AsyncModels,
    AsyncModelsWithRawResponse,
    AsyncModelsWithStreamingResponse,
    Models,
    ModelsWithRawResponse,
    ModelsWithStreamingResponse,
)
from typing import Any

class AsyncBeta:
    @property
    def models(self) -> AsyncModels: ...
    @property
    def messages(self) -> AsyncMessages: ...
    @property
    def files(self) -> AsyncFiles: ...
    @property
    def with_raw_response(self) -> AsyncBetaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncBetaWithStreamingResponse: ...

class AsyncBetaWithRawResponse:
    @property
    def models(self) -> AsyncModelsWithRawResponse: ...
    @property
    def messages(self) -> AsyncMessagesWithRawResponse: ...
    @property
    def files(self) -> AsyncFilesWithRawResponse: ...

class AsyncBetaWithStreamingResponse:
    @property
    def models(self) -> AsyncModelsWithStreamingResponse: ...
    @property
    def messages(self) -> AsyncMessagesWithStreamingResponse: ...
    @property
    def files(self) -> AsyncFilesWithStreamingResponse: ...

class Beta:
    @property
    def models(self) -> Models: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def files(self) -> Files: ...
    @property
    def with_raw_response(self) -> BetaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> BetaWithStreamingResponse: ...

class BetaWithRawResponse:
    @property
    def models(self) -> ModelsWithRawResponse: ...
    @property
    def messages(self) -> MessagesWithRawResponse: ...
    @property
    def files(self) -> FilesWithRawResponse: ...

class BetaWithStreamingResponse:
    @property
    def models(self) -> ModelsWithStreamingResponse: ...
    @property
    def messages(self) -> MessagesWithStreamingResponse: ...
    @property
    def files(self) -> FilesWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
