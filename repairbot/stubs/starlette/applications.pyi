# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from starlette.datastructures import State
from starlette.routing import BaseRoute, Router
from typing import Any

class Starlette:
    def build_middleware_stack(self, *args, **kwargs) -> Callable[..., Awaitable[None]]: ...
    @property
    def routes(self) -> list[BaseRoute]: ...
    async def __call__(self, *args, **kwargs) -> None: ...
    state: State
    router: Router
    middleware_stack: Callable[..., Awaitable[None]] | None

def __getattr__(name: str) -> Any: ...
