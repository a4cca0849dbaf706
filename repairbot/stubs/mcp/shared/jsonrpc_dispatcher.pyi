# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from mcp.shared.dispatcher import Dispatcher
from typing import Any, TypeVar

TransportT = TypeVar("TransportT")

class JSONRPCDispatcher(Dispatcher[TransportT]):
    async def send_raw_request(self, *args, **kwargs) -> dict[str, Any]: ...
    async def notify(self, *args, **kwargs) -> None: ...
    async def run(self, *args, **kwargs) -> None: ...
    on_stream_exception: Callable[..., Awaitable[None]] | None

def __getattr__(name: str) -> Any: ...
