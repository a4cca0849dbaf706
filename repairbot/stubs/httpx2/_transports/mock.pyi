# Written by `python -m repairbot.stubs.generate httpx2`: change its pins or corrections, not this file.
from collections.abc import Callable, Coroutine
from httpx2._models import Response
from httpx2._transports.base import AsyncBaseTransport, BaseTransport
from typing import Any

class MockTransport(AsyncBaseTransport, BaseTransport):
    def handle_request(self, *args, **kwargs) -> Response: ...
    async def handle_async_request(self, *args, **kwargs) -> Response: ...
    handler: Callable[..., Response] | Callable[..., Coroutine[None, None, Response]]

def __getattr__(name: str) -> Any: ...
