# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any

class SessionMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...
    app: Callable[..., Awaitable[None]]

def __getattr__(name: str) -> Any: ...
