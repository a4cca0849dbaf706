# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

class GZipMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...
    app: Callable[..., Awaitable[None]]

class IdentityResponder:
    async def __call__(self, *args, **kwargs) -> None: ...
    async def send_with_compression(self, *args, **kwargs) -> None: ...
    apply_compression: Any  # differs: 1.10.0 async def; 0.52.1 def; 0.46.2 def
    app: Callable[..., Awaitable[None]]
    send: Callable[..., Awaitable[None]]

class GZipResponder(IdentityResponder):
    apply_compression: Any  # differs: 1.10.0 async def; 0.52.1 def; 0.46.2 def
    async def __call__(self, *args, **kwargs) -> None: ...
    async def send_with_gzip(self, *args, **kwargs) -> None: ...
    app: Callable[..., Awaitable[None]]
    send: Callable[..., Awaitable[None]]

async def unattached_send(*args, **kwargs) -> NoReturn: ...

def __getattr__(name: str) -> Any: ...
