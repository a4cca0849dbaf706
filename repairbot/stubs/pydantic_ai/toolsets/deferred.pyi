# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai._run_context import AgentDepsT
from pydantic_ai.toolsets.abstract import AbstractToolset, ToolsetTool
from typing import Any

class DeferredToolset(AbstractToolset[AgentDepsT]):
    async def get_tools(self, *args, **kwargs) -> dict[str, ToolsetTool[AgentDepsT]]: ...
    async def call_tool(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
