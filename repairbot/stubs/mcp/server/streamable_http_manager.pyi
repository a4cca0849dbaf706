# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http import EventStore
from mcp.server.transport_security import RequestBodyLimitMiddleware as RequestBodyLimitMiddleware
from typing import Any

class StreamableHTTPASGIApp:
    async def __call__(self, *args, **kwargs) -> None: ...
    session_manager: StreamableHTTPSessionManager

class StreamableHTTPSessionManager:
    @asynccontextmanager
    def run(self, *args, **kwargs) -> AsyncIterator[None]: ...
    async def handle_request(self, *args, **kwargs) -> None: ...
    app: Server[Any] | Server[Any, Any]
    event_store: EventStore | None
    asgi_app: RequestBodyLimitMiddleware

def __getattr__(name: str) -> Any: ...
