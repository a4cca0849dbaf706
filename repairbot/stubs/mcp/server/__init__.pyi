# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.server.context import ServerRequestContext as ServerRequestContext
from mcp.server.fastmcp.server import FastMCP as FastMCP
from mcp.server.lowlevel.server import Server as Server
from mcp.server.mcpserver.server import MCPServer as MCPServer
from typing import Any

def __getattr__(name: str) -> Any: ...
