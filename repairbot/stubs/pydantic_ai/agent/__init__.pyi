# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pydantic_ai._agent_graph import (
    CallToolsNode as CallToolsNode,
    HistoryProcessor as HistoryProcessor,
    ModelRequestNode as ModelRequestNode,
    UserPromptNode as UserPromptNode,
    build_run_context as build_run_context,
    capture_run_messages as capture_run_messages,
)
from pydantic_ai._run_context import (
    AgentDepsT,
    RunContext as RunContext,
    dispatch_event_stream as dispatch_event_stream,
    set_current_run_context as set_current_run_context,
)
from pydantic_ai.agent.abstract import (
    AbstractAgent as AbstractAgent,
    AgentMetadata as AgentMetadata,
    AgentModelSettings as AgentModelSettings,
    AgentRealtime as AgentRealtime,
    AgentRunEvents as AgentRunEvents,
    Instructions as Instructions,
)
from pydantic_ai.agent.wrapper import WrapperAgent as WrapperAgent
from pydantic_ai.mcp import MCPServer as MCPServer
from pydantic_ai.models import Model
from pydantic_ai.models.instrumented import InstrumentedModel as InstrumentedModel, instrument_model as instrument_model
from pydantic_ai.output import OutputDataT
from pydantic_ai.realtime._session import RealtimeSession as RealtimeSession
from pydantic_ai.realtime.model import RealtimeModel as RealtimeModel
from pydantic_ai.run import AgentRun as AgentRun
from pydantic_ai.toolsets import AgentToolset as AgentToolset
from pydantic_ai.toolsets._deferred_capability_loader import (
    capability_load_window as capability_load_window,
    resolve_loaded_capability_instructions as resolve_loaded_capability_instructions,
)
from pydantic_ai.toolsets._dynamic import DynamicToolset as DynamicToolset
from pydantic_ai.toolsets._instruction_collection import collect_toolset_instructions as collect_toolset_instructions
from pydantic_ai.toolsets.abstract import AbstractToolset as AbstractToolset
from pydantic_ai.toolsets.combined import CombinedToolset as CombinedToolset
from pydantic_ai.toolsets.function import FunctionToolset as FunctionToolset
from pydantic_ai.toolsets.prepared import PreparedToolset as PreparedToolset
from typing import Any, Concatenate, Self, TypeVar, overload

T = TypeVar("T")

_F = TypeVar("_F", bound="Callable[..., Any]")

class Agent(AbstractAgent[AgentDepsT, OutputDataT]):
    model_settings: Any | Callable[[RunContext[AgentDepsT]], Any] | None
    @overload
    def __init__(self, *args, instructions: Any | str | Callable[[RunContext[AgentDepsT]], str | Any | None] | Callable[[RunContext[AgentDepsT]], Awaitable[str | Any | None]] | Callable[..., str | Any | None] | Callable[..., Awaitable[str | Any | None]] | Sequence[Any | str | Callable[[RunContext[AgentDepsT]], str | Any | None] | Callable[[RunContext[AgentDepsT]], Awaitable[str | Any | None]] | Callable[..., str | Any | None] | Callable[..., Awaitable[str | Any | None]]] | None = ..., deps_type: type[AgentDepsT] | Any = ..., model_settings: Any | Callable[[RunContext[AgentDepsT]], Any] | None = ..., validation_context: Any | Callable[[RunContext[AgentDepsT]], Any] = ..., tools: Sequence[Any | Callable[Concatenate[RunContext[AgentDepsT], ...], Any] | Callable[..., Any]] = ..., toolsets: Sequence[AbstractToolset[AgentDepsT] | Callable[[RunContext[AgentDepsT]], AbstractToolset[AgentDepsT] | None | Awaitable[AbstractToolset[AgentDepsT] | None]]] | None = ..., metadata: dict[str, Any] | Callable[[RunContext[AgentDepsT]], dict[str, Any]] | None = ..., capabilities: Sequence[Any | Callable[[RunContext[AgentDepsT]], Any | None | Awaitable[Any]]] | None = ..., **kwargs) -> None: ...
    @overload
    @classmethod
    def from_spec(cls, *args, **kwargs) -> Agent[object, str]: ...
    @overload
    @classmethod
    def from_spec(cls, *args, deps_type: type[T], **kwargs) -> Agent[T, str]: ...
    @overload
    @classmethod
    def from_spec(cls, *args, **kwargs) -> Agent[object, Any]: ...
    @overload
    @classmethod
    def from_spec(cls, *args, deps_type: type[T], **kwargs) -> Agent[T, Any]: ...
    @overload
    @classmethod
    def from_spec(cls, *args, **kwargs) -> Agent[None, str]: ...
    @overload
    @classmethod
    def from_file(cls, *args, **kwargs) -> Agent[object, str]: ...
    @overload
    @classmethod
    def from_file(cls, *args, deps_type: type[T], **kwargs) -> Agent[T, str]: ...
    @overload
    @classmethod
    def from_file(cls, *args, **kwargs) -> Agent[object, Any]: ...
    @overload
    @classmethod
    def from_file(cls, *args, deps_type: type[T], **kwargs) -> Agent[T, Any]: ...
    @overload
    @classmethod
    def from_file(cls, *args, **kwargs) -> Agent[None, str]: ...
    @property
    def model(self) -> Model | Any | str | None: ...
    @property
    def event_stream_handler(self) -> Callable[[RunContext[AgentDepsT], AsyncIterable[Any]], Awaitable[None]] | None: ...
    @property
    def validation_context(self) -> Any | Callable[[RunContext[AgentDepsT]], Any]: ...
    @asynccontextmanager
    def iter(self, *args, **kwargs) -> AsyncIterator[AgentRun[AgentDepsT, Any]]: ...
    @contextmanager
    def override(self, *args, **kwargs) -> Iterator[None]: ...
    async def system_prompt_parts(self, *args, **kwargs) -> list[Any]: ...
    def on_event(self, *args, **kwargs) -> Any | Callable[..., Any]: ...
    @property
    def toolsets(self) -> Sequence[AbstractToolset[AgentDepsT]]: ...
    async def __aenter__(self) -> Self | AbstractAgent[AgentDepsT, OutputDataT]: ...
    async def __aexit__(self, *args, **kwargs) -> bool | None: ...
    @overload
    def instructions(self, func: _F, /, **kwargs) -> _F: ...
    @overload
    def instructions(self, *args, **kwargs) -> Callable[[_F], _F]: ...
    @overload
    def system_prompt(self, func: _F, /, **kwargs) -> _F: ...
    @overload
    def system_prompt(self, *args, **kwargs) -> Callable[[_F], _F]: ...
    def output_validator(self, func: _F, /, **kwargs) -> _F: ...
    @overload
    def tool(self, func: _F, /, **kwargs) -> _F: ...
    @overload
    def tool(self, *args, **kwargs) -> Callable[[_F], _F]: ...
    @overload
    def tool_plain(self, func: _F, /, **kwargs) -> _F: ...
    @overload
    def tool_plain(self, *args, **kwargs) -> Callable[[_F], _F]: ...
    @overload
    def toolset(self, func: _F, /, **kwargs) -> _F: ...
    @overload
    def toolset(self, *args, **kwargs) -> Callable[[_F], _F]: ...
    @asynccontextmanager
    def run_mcp_servers(self, *args, **kwargs) -> AsyncIterator[None]: ...
    history_processors: list[Callable[..., list[Any]] | Callable[..., Awaitable[list[Any]]] | Callable[[RunContext[AgentDepsT], list[Any]], list[Any]] | Callable[[RunContext[AgentDepsT], list[Any]], Awaitable[list[Any]]]]

def __getattr__(name: str) -> Any: ...
