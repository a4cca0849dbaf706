# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.server.mcpserver.prompts.manager import PromptManager as PromptManager
from typing import Any

def __getattr__(name: str) -> Any: ...
