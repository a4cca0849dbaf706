# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai._streaming import AsyncStream, Stream
from typing import Any, Literal, overload

class AsyncImages:
    @property
    def with_raw_response(self) -> AsyncImagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncImagesWithStreamingResponse: ...
    @overload
    async def edit(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def edit(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def edit(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...
    @overload
    async def generate(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def generate(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def generate(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...

class AsyncImagesWithRawResponse:
    create_variation: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    edit: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    generate: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncImagesWithStreamingResponse:
    create_variation: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    edit: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    generate: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Images:
    @property
    def with_raw_response(self) -> ImagesWithRawResponse: ...
    @property
    def with_streaming_response(self) -> ImagesWithStreamingResponse: ...
    @overload
    def edit(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def edit(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def edit(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...
    @overload
    def generate(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def generate(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def generate(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...

class ImagesWithRawResponse:
    create_variation: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    edit: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    generate: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class ImagesWithStreamingResponse:
    create_variation: Callable[..., ResponseContextManager[APIResponse[Any]]]
    edit: Callable[..., ResponseContextManager[APIResponse[Any]]]
    generate: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
