# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager
from starlette.responses import Response
from typing import Any, TypeVar

AppType = TypeVar("AppType")

ASGIApp = Callable[..., Awaitable[None]]

ExceptionHandler = Callable[..., Response | Awaitable[Response]] | Callable[..., Awaitable[None]]

HTTPExceptionHandler = Callable[..., Response | Awaitable[Response]]

Lifespan = Callable[[AppType], AbstractAsyncContextManager[None]] | Callable[[AppType], AbstractAsyncContextManager[Mapping[str, Any]]]

Receive = Callable[..., Awaitable[MutableMapping[str, Any]]]

Send = Callable[..., Awaitable[None]]

StatefulLifespan = Callable[[AppType], AbstractAsyncContextManager[Mapping[str, Any]]]

StatelessLifespan = Callable[[AppType], AbstractAsyncContextManager[None]]

WebSocketExceptionHandler = Callable[..., Awaitable[None]]

def __getattr__(name: str) -> Any: ...
