# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pydantic_ai._run_context import RunContext
from pydantic_ai.models import ModelRequestContext
from pydantic_ai.result import AgentStream
from typing import Any, TypeVar

DepsT = TypeVar("DepsT")

class CallToolsNode:
    async def run(self, *args, **kwargs) -> ModelRequestNode[Any, Any] | Any: ...
    @asynccontextmanager
    def stream(self, *args, **kwargs) -> AsyncIterator[AsyncIterator[Any]]: ...

class ModelRequestNode:
    last_request_context: ModelRequestContext | None
    async def run(self, *args, **kwargs) -> CallToolsNode[Any, Any] | ModelRequestNode[Any, Any]: ...
    @asynccontextmanager
    def stream(self, *args, **kwargs) -> AsyncIterator[AgentStream[Any, Any]]: ...

class UserPromptNode:
    async def run(self, *args, **kwargs) -> ModelRequestNode[Any, Any] | CallToolsNode[Any, Any]: ...

HistoryProcessor = Callable[..., list[Any]] | Callable[..., Awaitable[list[Any]]] | Callable[[RunContext[DepsT], list[Any]], list[Any]] | Callable[[RunContext[DepsT], list[Any]], Awaitable[list[Any]]]

def build_run_context(*args, **kwargs) -> RunContext[Any]: ...

@contextmanager
def capture_run_messages(*args, **kwargs) -> Iterator[list[Any]]: ...

def __getattr__(name: str) -> Any: ...
