# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.server.mcpserver.resources.base import Resource as Resource
from mcp.server.mcpserver.resources.resource_manager import ResourceManager as ResourceManager
from mcp.server.mcpserver.resources.templates import ResourceTemplate as ResourceTemplate
from mcp.server.mcpserver.resources.types import (
    BinaryResource as BinaryResource,
    DirectoryResource as DirectoryResource,
    FileResource as FileResource,
    FunctionResource as FunctionResource,
    HttpResource as HttpResource,
    TextResource as TextResource,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
