# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from mcp.server.context import LifespanContextT, RequestT
from mcp.shared.dispatcher import DispatchContext
from mcp.shared.session import BaseSession
from typing import Any, Generic, TypeVar

SessionT = TypeVar("SessionT", bound="BaseSession[Any, Any, Any, Any, Any]")

TransportT = TypeVar("TransportT")

class BaseContext(Generic[TransportT]):
    def __init__(self, dctx: DispatchContext[TransportT], *args, **kwargs) -> None: ...
    async def send_raw_request(self, *args, **kwargs) -> dict[str, Any]: ...
    async def notify(self, *args, **kwargs) -> None: ...
    async def report_progress(self, *args, **kwargs) -> None: ...

class RequestContext(Generic[SessionT, LifespanContextT, RequestT]):
    close_sse_stream: Callable[..., Awaitable[None]] | None
    close_standalone_sse_stream: Callable[..., Awaitable[None]] | None

def __getattr__(name: str) -> Any: ...
