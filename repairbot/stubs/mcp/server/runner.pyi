# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from mcp.server.connection import Connection
from mcp.server.context import ServerMiddleware as ServerMiddleware
from mcp.server.lowlevel.server import Server
from typing import Any, Generic, TypeVar

LifespanT = TypeVar("LifespanT")

class ServerRunner(Generic[LifespanT]):
    server: Server[LifespanT]
    connection: Connection
    @property
    def on_request(self) -> Callable[..., Awaitable[dict[str, Any]]]: ...
    @property
    def on_notify(self) -> Callable[..., Awaitable[None]]: ...

async def aclose_shielded(*args, **kwargs) -> None: ...

def modern_on_request(*args, **kwargs) -> Callable[..., Awaitable[dict[str, Any]]]: ...

async def serve_connection(*args, **kwargs) -> None: ...

async def serve_dual_era_loop(*args, **kwargs) -> None: ...

async def serve_loop(*args, **kwargs) -> None: ...

async def serve_one(*args, **kwargs) -> dict[str, Any]: ...

def __getattr__(name: str) -> Any: ...
