# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any, ParamSpec

_P = ParamSpec("_P")

class AuthenticationBackend:
    async def authenticate(self, *args, **kwargs) -> tuple[Any, Any] | None: ...

def requires(*args, **kwargs) -> Callable[[Callable[_P, Any]], Callable[_P, Any]] | Callable[[_P], _P]: ...

def __getattr__(name: str) -> Any: ...
