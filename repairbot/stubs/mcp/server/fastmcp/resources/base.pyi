# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.server.mcpserver.resources.base import Resource as Resource
from typing import Any

def __getattr__(name: str) -> Any: ...
