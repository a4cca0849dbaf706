# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from mcp.server.connection import Connection
from mcp.server.session import ServerSession
from mcp.shared.context import BaseContext
from typing import Any, Generic, Protocol, TypeVar

LifespanContextT = TypeVar("LifespanContextT")

LifespanT_co = TypeVar("LifespanT_co")

RequestT = TypeVar("RequestT")

_MwLifespanT = TypeVar("_MwLifespanT")

class Context(BaseContext[Any], Generic[LifespanT_co]):
    def __init__(self, *args, lifespan: LifespanT_co, **kwargs) -> None: ...
    @property
    def connection(self) -> Connection: ...
    async def log(self, *args, **kwargs) -> None: ...

class ServerMiddleware(Protocol[_MwLifespanT]):
    async def __call__(self, *args, **kwargs) -> Any | dict[str, Any] | None: ...

class ServerRequestContext(Generic[LifespanContextT, RequestT]):
    session: ServerSession
    close_sse_stream: Callable[..., Awaitable[None]] | None
    close_standalone_sse_stream: Callable[..., Awaitable[None]] | None

def __getattr__(name: str) -> Any: ...
