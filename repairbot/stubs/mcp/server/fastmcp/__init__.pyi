# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.server.fastmcp.server import Context as Context, FastMCP as FastMCP
from typing import Any

def __getattr__(name: str) -> Any: ...
