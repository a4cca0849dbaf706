# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai._streaming import AsyncStream, Stream
from openai.lib.streaming._assistants import (
    AssistantEventHandler,
    AssistantEventHandlerT,
    AssistantStreamManager,
    AsyncAssistantEventHandler,
    AsyncAssistantEventHandlerT,
    AsyncAssistantStreamManager,
)
from openai.resources.beta.threads.messages import (
    AsyncMessages,
    AsyncMessagesWithRawResponse,
    AsyncMessagesWithStreamingResponse,
    Messages,
    MessagesWithRawResponse,
    MessagesWithStreamingResponse,
)
from openai.resources.beta.threads.messages.messages import (
    AsyncMessages as _AsyncMessages,
    AsyncMessagesWithRawResponse as _AsyncMessagesWithRawResponse,
    Messages as _Messages,
    MessagesWithRawResponse as _MessagesWithRawResponse,
)
from openai.resources.beta.threads.runs.runs import (
    AsyncRuns,
    AsyncRunsWithRawResponse,
    AsyncRunsWithStreamingResponse,
    Runs,
    RunsWithRawResponse,
    RunsWithStreamingResponse,
)
from typing import Any, Literal, overload

class AsyncThreads:
    @property
    def runs(self) -> AsyncRuns: ...
    @property
    def messages(self) -> AsyncMessages | _AsyncMessages: ...
    @property
    def with_raw_response(self) -> AsyncThreadsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncThreadsWithStreamingResponse: ...
    @overload
    def create_and_run_stream(self, *args, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandler]: ...
    @overload
    def create_and_run_stream(self, *args, event_handler: AsyncAssistantEventHandlerT, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandlerT]: ...
    @overload
    async def create_and_run(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def create_and_run(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def create_and_run(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...

class AsyncThreadsWithRawResponse:
    @property
    def runs(self) -> AsyncRunsWithRawResponse: ...
    @property
    def messages(self) -> AsyncMessagesWithRawResponse | _AsyncMessagesWithRawResponse: ...
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    update: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    create_and_run: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncThreadsWithStreamingResponse:
    @property
    def runs(self) -> AsyncRunsWithStreamingResponse: ...
    @property
    def messages(self) -> AsyncMessagesWithStreamingResponse: ...
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    update: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    create_and_run: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Threads:
    @property
    def runs(self) -> Runs: ...
    @property
    def messages(self) -> Messages | _Messages: ...
    @property
    def with_raw_response(self) -> ThreadsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> ThreadsWithStreamingResponse: ...
    @overload
    def create_and_run_stream(self, *args, **kwargs) -> AssistantStreamManager[AssistantEventHandler]: ...
    @overload
    def create_and_run_stream(self, *args, event_handler: AssistantEventHandlerT, **kwargs) -> AssistantStreamManager[AssistantEventHandlerT]: ...
    @overload
    def create_and_run(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def create_and_run(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def create_and_run(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...

class ThreadsWithRawResponse:
    @property
    def runs(self) -> RunsWithRawResponse: ...
    @property
    def messages(self) -> MessagesWithRawResponse | _MessagesWithRawResponse: ...
    create: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    update: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    create_and_run: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class ThreadsWithStreamingResponse:
    @property
    def runs(self) -> RunsWithStreamingResponse: ...
    @property
    def messages(self) -> MessagesWithStreamingResponse: ...
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    update: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]
    create_and_run: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
