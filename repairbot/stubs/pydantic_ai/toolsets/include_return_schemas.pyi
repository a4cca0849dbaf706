# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from pydantic_ai._run_context import AgentDepsT, RunContext
from pydantic_ai.toolsets.abstract import AbstractToolset
from pydantic_ai.toolsets.prepared import PreparedToolset
from typing import Any

class IncludeReturnSchemasToolset(PreparedToolset[AgentDepsT]):
    prepare_func: Callable[[RunContext[AgentDepsT], list[Any]], Awaitable[list[Any]] | list[Any]] | Callable[[RunContext[AgentDepsT], list[Any]], Awaitable[list[Any] | None] | list[Any] | None]
    def __init__(self, wrapped: AbstractToolset[AgentDepsT], **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
