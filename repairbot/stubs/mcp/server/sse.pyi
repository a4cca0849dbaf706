# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

class SseServerTransport:
    @asynccontextmanager
    def connect_sse(self, *args, **kwargs) -> AsyncIterator[tuple[Any, Any]]: ...
    async def handle_post_message(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
