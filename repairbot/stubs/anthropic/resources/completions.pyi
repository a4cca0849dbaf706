# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from anthropic._streaming import AsyncStream, Stream
from collections.abc import Awaitable, Callable
from typing import Any, Literal, overload

class AsyncCompletions:
    @property
    def with_raw_response(self) -> AsyncCompletionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncCompletionsWithStreamingResponse: ...
    @overload
    async def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def create(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def create(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...

class AsyncCompletionsWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncCompletionsWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Completions:
    @property
    def with_raw_response(self) -> CompletionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> CompletionsWithStreamingResponse: ...
    @overload
    def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def create(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def create(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...

class CompletionsWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]

class CompletionsWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
