# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai._run_context import AgentDepsT
from pydantic_ai.toolsets.abstract import AbstractToolset, ToolsetTool
from typing import Any

class ExternalToolset(AbstractToolset[AgentDepsT]):
    async def get_tools(self, *args, **kwargs) -> dict[str, ToolsetTool[AgentDepsT]]: ...

class DeferredToolset(ExternalToolset): ...

def __getattr__(name: str) -> Any: ...
