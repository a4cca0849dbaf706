# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any

class ExceptionMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...
    http_exception: Any  # differs: 1.10.0 async def; 0.52.1 async def; 0.46.2 def; 0.36.3 def; 0.27.0 def
    async def websocket_exception(self, *args, **kwargs) -> None: ...
    app: Callable[..., Awaitable[None]]

def __getattr__(name: str) -> Any: ...
