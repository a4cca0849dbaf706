# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from pydantic_ai._run_context import AgentDepsT, RunContext
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_ai.toolsets.wrapper import WrapperToolset
from typing import Any

class PreparedToolset(WrapperToolset[AgentDepsT]):
    prepare_func: Callable[[RunContext[AgentDepsT], list[Any]], Awaitable[list[Any]] | list[Any]] | Callable[[RunContext[AgentDepsT], list[Any]], Awaitable[list[Any] | None] | list[Any] | None] | Callable[[RunContext[AgentDepsT], list[Any]], Awaitable[list[Any] | None]]
    async def get_tools(self, *args, **kwargs) -> dict[str, ToolsetTool[AgentDepsT]]: ...

def __getattr__(name: str) -> Any: ...
