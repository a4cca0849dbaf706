# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

class ListenRoute:
    async def next_event(self, *args, **kwargs) -> Any: ...

OnEvent = Callable[..., Awaitable[None]]

class Subscription:
    def __aiter__(self) -> Subscription: ...
    async def __anext__(self) -> Any: ...

@asynccontextmanager
def listen(*args, **kwargs) -> AsyncIterator[Subscription]: ...

def __getattr__(name: str) -> Any: ...
