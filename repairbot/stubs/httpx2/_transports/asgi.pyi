# Written by `python -m repairbot.stubs.generate httpx2`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from httpx2._models import Response
from httpx2._transports.base import AsyncBaseTransport
from typing import Any

class ASGITransport(AsyncBaseTransport):
    async def handle_async_request(self, *args, **kwargs) -> Response: ...
    app: Callable[..., Awaitable[None]]

def __getattr__(name: str) -> Any: ...
