# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Callable
from pydantic_ai._run_context import AgentDepsT, RunContext
from pydantic_ai.toolsets.wrapper import WrapperToolset
from typing import Any

class ApprovalRequiredToolset(WrapperToolset[AgentDepsT]):
    approval_required_func: Callable[[RunContext[AgentDepsT], Any, dict[str, Any]], bool]
    async def call_tool(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
