# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator
from httpx._models import Response
from httpx._transports.base import AsyncBaseTransport
from httpx._types import AsyncByteStream
from typing import Any

class StreamingASGIResponseStream(AsyncByteStream):
    def __aiter__(self) -> AsyncGenerator[bytes, None]: ...

class StreamingASGITransport(AsyncBaseTransport):
    async def handle_async_request(self, *args, **kwargs) -> Response: ...

def __getattr__(name: str) -> Any: ...
