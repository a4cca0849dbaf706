# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, MutableMapping
from starlette.responses import Response
from typing import Any

class BaseHTTPMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...
    async def dispatch(self, *args, **kwargs) -> Response: ...
    app: Callable[..., Awaitable[None]]

AsyncContentStream = AsyncIterable[str | bytes | memoryview | MutableMapping[str, Any]]

BodyStreamGenerator = AsyncGenerator[bytes | MutableMapping[str, Any], None]

def __getattr__(name: str) -> Any: ...
