# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from starlette.responses import Response
from typing import Any, TypeVar

AppType = TypeVar("AppType")

ExceptionHandler = Callable[..., Response | Awaitable[Response]] | Callable[..., Awaitable[None]]

Lifespan = Callable[[AppType], AbstractAsyncContextManager[None]] | Callable[[AppType], AbstractAsyncContextManager[Mapping[str, Any]]]

def __getattr__(name: str) -> Any: ...
