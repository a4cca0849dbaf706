# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai._streaming import AsyncStream, Stream
from openai.lib._parsing._completions import ResponseFormatT
from openai.lib.streaming.chat._completions import AsyncChatCompletionStreamManager, ChatCompletionStreamManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from openai.resources.chat.completions.messages import (
    AsyncMessages,
    AsyncMessagesWithRawResponse,
    AsyncMessagesWithStreamingResponse,
    Messages,
    MessagesWithRawResponse,
    MessagesWithStreamingResponse,
)
from typing import Any, Literal, overload

class AsyncCompletions:
    @property
    def messages(self) -> AsyncMessages: ...
    @property
    def with_raw_response(self) -> AsyncCompletionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncCompletionsWithStreamingResponse: ...
    async def parse(self, *args, **kwargs) -> Any: ...
    def stream(self, *args, response_format: Any | type[ResponseFormatT] = ..., **kwargs) -> AsyncChatCompletionStreamManager[ResponseFormatT]: ...
    @overload
    async def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def create(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def create(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncCompletionsWithRawResponse:
    @property
    def messages(self) -> AsyncMessagesWithRawResponse: ...
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    update: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    parse: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncCompletionsWithStreamingResponse:
    @property
    def messages(self) -> AsyncMessagesWithStreamingResponse: ...
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    update: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    parse: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Completions:
    @property
    def messages(self) -> Messages: ...
    @property
    def with_raw_response(self) -> CompletionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> CompletionsWithStreamingResponse: ...
    def stream(self, *args, response_format: Any | type[ResponseFormatT] = ..., **kwargs) -> ChatCompletionStreamManager[ResponseFormatT]: ...
    @overload
    def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def create(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def create(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class CompletionsWithRawResponse:
    @property
    def messages(self) -> MessagesWithRawResponse: ...
    create: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    update: Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]]
    parse: Callable[..., LegacyAPIResponse[Any]]

class CompletionsWithStreamingResponse:
    @property
    def messages(self) -> MessagesWithStreamingResponse: ...
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    update: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    parse: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
