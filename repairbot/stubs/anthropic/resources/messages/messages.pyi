# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from anthropic._streaming import AsyncStream, Stream
from anthropic.lib._parse._response import ResponseFormatT
from anthropic.lib.streaming._messages import AsyncMessageStreamManager, MessageStreamManager
from anthropic.resources.messages.batches import (
    AsyncBatches,
    AsyncBatchesWithRawResponse,
    AsyncBatchesWithStreamingResponse,
    Batches,
    BatchesWithRawResponse,
    BatchesWithStreamingResponse,
)
from collections.abc import Awaitable, Callable
from typing import Any, Literal, overload

class AsyncMessages:
    @property
    def batches(self) -> AsyncBatches: ...
    @property
    def with_raw_response(self) -> AsyncMessagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncMessagesWithStreamingResponse: ...
    @overload
    async def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def create(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def create(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...
    def stream(self, *args, output_format: type[ResponseFormatT] | None | Any = ..., **kwargs) -> AsyncMessageStreamManager[ResponseFormatT]: ...
    async def parse(self, *args, **kwargs) -> Any: ...

class AsyncMessagesWithRawResponse:
    @property
    def batches(self) -> AsyncBatchesWithRawResponse: ...
    create: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    count_tokens: Callable[..., Awaitable[AsyncAPIResponse[Any]]] | Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncMessagesWithStreamingResponse:
    @property
    def batches(self) -> AsyncBatchesWithStreamingResponse: ...
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    count_tokens: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Messages:
    @property
    def batches(self) -> Batches: ...
    @property
    def with_raw_response(self) -> MessagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> MessagesWithStreamingResponse: ...
    @overload
    def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def create(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def create(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...
    def stream(self, *args, output_format: type[ResponseFormatT] | None | Any = ..., **kwargs) -> MessageStreamManager[ResponseFormatT]: ...

class MessagesWithRawResponse:
    @property
    def batches(self) -> BatchesWithRawResponse: ...
    create: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]
    count_tokens: Callable[..., APIResponse[Any]] | Callable[..., LegacyAPIResponse[Any]]

class MessagesWithStreamingResponse:
    @property
    def batches(self) -> BatchesWithStreamingResponse: ...
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    count_tokens: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
