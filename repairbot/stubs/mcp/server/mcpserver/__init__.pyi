# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.server.extension import (
    Extension as Extension,
    MethodBinding as MethodBinding,
    ResourceBinding as ResourceBinding,
)
from mcp.server.mcpserver.context import Context as Context
from mcp.server.mcpserver.server import MCPServer as MCPServer
from mcp.server.request_state import (
    RequestStateBoundary as RequestStateBoundary,
    RequestStateSecurity as RequestStateSecurity,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
