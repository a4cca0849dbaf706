# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from starlette.authentication import AuthenticationBackend
from starlette.responses import Response
from typing import Any

class AuthenticationMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...
    @staticmethod
    def default_on_error(*args, **kwargs) -> Response: ...
    app: Callable[..., Awaitable[None]]
    backend: AuthenticationBackend
    on_error: Callable[..., Response]

def __getattr__(name: str) -> Any: ...
