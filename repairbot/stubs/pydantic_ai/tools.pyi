# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai._run_context import RunContext as RunContext
from typing import Any, ParamSpec

ToolParams = ParamSpec("ToolParams")

def __getattr__(name: str) -> Any: ...
