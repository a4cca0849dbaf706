# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Sequence
from mcp.server.mcpserver.prompts.base import Prompt as Prompt
from typing import Any

PromptResult = str | Any | dict[str, Any] | Sequence[str | Any | dict[str, Any]] | Awaitable[str | Any | dict[str, Any] | Sequence[str | Any | dict[str, Any]]]

def __getattr__(name: str) -> Any: ...
