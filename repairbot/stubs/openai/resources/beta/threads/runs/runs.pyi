# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
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
from openai.pagination import AsyncCursorPage, SyncCursorPage
from openai.resources.beta.threads.runs.steps import (
    AsyncSteps,
    AsyncStepsWithRawResponse,
    AsyncStepsWithStreamingResponse,
    Steps,
    StepsWithRawResponse,
    StepsWithStreamingResponse,
)
from typing import Any, Literal, overload

class AsyncRuns:
    @property
    def steps(self) -> AsyncSteps: ...
    @property
    def with_raw_response(self) -> AsyncRunsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncRunsWithStreamingResponse: ...
    @overload
    def create_and_stream(self, *args, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandler]: ...
    @overload
    def create_and_stream(self, *args, event_handler: AsyncAssistantEventHandlerT, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandlerT]: ...
    @overload
    def stream(self, *args, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandler]: ...
    @overload
    def stream(self, *args, event_handler: AsyncAssistantEventHandlerT, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandlerT]: ...
    @overload
    def submit_tool_outputs_stream(self, *args, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandler]: ...
    @overload
    def submit_tool_outputs_stream(self, *args, event_handler: AsyncAssistantEventHandlerT, **kwargs) -> AsyncAssistantStreamManager[AsyncAssistantEventHandlerT]: ...
    @overload
    async def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def create(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def create(self, *args, stream, **kwargs) -> Any | AsyncStream[Any]: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...
    @overload
    async def submit_tool_outputs(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    async def submit_tool_outputs(self, *args, stream: Literal[True], **kwargs) -> AsyncStream[Any]: ...
    @overload
    async def submit_tool_outputs(self, *args, **kwargs) -> Any | AsyncStream[Any]: ...

class AsyncRunsWithRawResponse:
    @property
    def steps(self) -> AsyncStepsWithRawResponse: ...
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    update: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    cancel: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]
    submit_tool_outputs: Callable[..., Awaitable[LegacyAPIResponse[Any]]] | Callable[..., Awaitable[APIResponse[Any]]]

class AsyncRunsWithStreamingResponse:
    @property
    def steps(self) -> AsyncStepsWithStreamingResponse: ...
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    update: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    cancel: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    submit_tool_outputs: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Runs:
    @property
    def steps(self) -> Steps: ...
    @property
    def with_raw_response(self) -> RunsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> RunsWithStreamingResponse: ...
    @overload
    def create_and_stream(self, *args, **kwargs) -> AssistantStreamManager[AssistantEventHandler]: ...
    @overload
    def create_and_stream(self, *args, event_handler: AssistantEventHandlerT, **kwargs) -> AssistantStreamManager[AssistantEventHandlerT]: ...
    @overload
    def stream(self, *args, **kwargs) -> AssistantStreamManager[AssistantEventHandler]: ...
    @overload
    def stream(self, *args, event_handler: AssistantEventHandlerT, **kwargs) -> AssistantStreamManager[AssistantEventHandlerT]: ...
    @overload
    def submit_tool_outputs_stream(self, *args, **kwargs) -> AssistantStreamManager[AssistantEventHandler]: ...
    @overload
    def submit_tool_outputs_stream(self, *args, event_handler: AssistantEventHandlerT, **kwargs) -> AssistantStreamManager[AssistantEventHandlerT]: ...
    @overload
    def create(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def create(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def create(self, *args, stream, **kwargs) -> Any | Stream[Any]: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...
    @overload
    def submit_tool_outputs(self, *args, stream: Literal[False] = ..., **kwargs) -> Any: ...
    @overload
    def submit_tool_outputs(self, *args, stream: Literal[True], **kwargs) -> Stream[Any]: ...
    @overload
    def submit_tool_outputs(self, *args, **kwargs) -> Any | Stream[Any]: ...

class RunsWithRawResponse:
    @property
    def steps(self) -> StepsWithRawResponse: ...
    create: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    update: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    cancel: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]
    submit_tool_outputs: Callable[..., LegacyAPIResponse[Any]] | Callable[..., APIResponse[Any]]

class RunsWithStreamingResponse:
    @property
    def steps(self) -> StepsWithStreamingResponse: ...
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    update: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    cancel: Callable[..., ResponseContextManager[APIResponse[Any]]]
    submit_tool_outputs: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
