# Written by `python -m repairbot.stubs.generate httpx`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Coroutine
from httpx._models import Response
from httpx._transports.base import AsyncBaseTransport
from typing import Any

class ASGITransport(AsyncBaseTransport):
    async def handle_async_request(self, *args, **kwargs) -> Response: ...
    app: Callable[..., Awaitable[None]] | Callable[..., Coroutine[None, None, None]]

def __getattr__(name: str) -> Any: ...
