# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, MutableMapping
from starlette.responses import Response
from typing import Any

AsyncContentStream = AsyncIterable[str | bytes | memoryview | MutableMapping[str, Any]]

class BaseHTTPMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...
    async def dispatch(self, *args, **kwargs) -> Response: ...
    app: Callable[..., Awaitable[None]]

BodyStreamGenerator = AsyncGenerator[bytes | MutableMapping[str, Any], None]

DispatchFunction = Callable[..., Awaitable[Response]]

RequestResponseEndpoint = Callable[..., Awaitable[Response]]

def __getattr__(name: str) -> Any: ...
