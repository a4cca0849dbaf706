# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Sequence
from mcp.server.mcpserver.resources.base import Resource
from typing import Any

class Extension:
    def resources(self, *args, **kwargs) -> Sequence[ResourceBinding]: ...
    def methods(self, *args, **kwargs) -> Sequence[MethodBinding]: ...
    async def intercept_tool_call(self, *args, **kwargs) -> Any | dict[str, Any] | None: ...

class MethodBinding:
    handler: Callable[..., Awaitable[Any | dict[str, Any] | None]]

class ResourceBinding:
    resource: Resource

def compose_tool_call_handler(*args, **kwargs) -> Callable[..., Awaitable[Any | dict[str, Any] | None]]: ...

def __getattr__(name: str) -> Any: ...
