# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from pydantic_ai._run_context import AgentDepsT, RunContext
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_ai.toolsets.wrapper import WrapperToolset
from typing import Any

class FilteredToolset(WrapperToolset[AgentDepsT]):
    filter_func: Callable[[RunContext[AgentDepsT], Any], bool | Awaitable[bool]] | Callable[[RunContext[AgentDepsT], Any], bool]
    async def get_tools(self, *args, **kwargs) -> dict[str, ToolsetTool[AgentDepsT]]: ...

def __getattr__(name: str) -> Any: ...
