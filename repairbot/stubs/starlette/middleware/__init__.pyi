# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, ParamSpec, Protocol

P = ParamSpec("P")

class Middleware:
    def __iter__(self) -> Iterator[Any]: ...
    cls: _MiddlewareFactory[Any] | type[_MiddlewareClass[Any]]

class _MiddlewareClass(Protocol[P]):
    async def __call__(self, *args, **kwargs) -> None: ...

class _MiddlewareFactory(Protocol[P]):
    def __call__(self, *args, **kwargs) -> Callable[..., Awaitable[None]]: ...

def __getattr__(name: str) -> Any: ...
