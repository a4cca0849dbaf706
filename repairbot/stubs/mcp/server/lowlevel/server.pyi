# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from mcp.client.streamable_http import RequestContext
from mcp.server.context import RequestT, ServerMiddleware, ServerRequestContext
from mcp.server.lowlevel.experimental import ExperimentalHandlers
from mcp.server.session import ServerSession
from mcp.server.stdio import stdio_server as stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.context import RequestContext as _RequestContext
from typing import Any, Generic, TypeVar

LifespanResultT = TypeVar("LifespanResultT")

_ParamsT = TypeVar("_ParamsT")

class HandlerEntry(Generic[LifespanResultT]):
    handler: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any | dict[str, Any] | None]]

NotificationHandler = Callable[[ServerRequestContext[LifespanResultT], _ParamsT], Awaitable[None]]

RequestHandler = Callable[[ServerRequestContext[LifespanResultT], _ParamsT], Awaitable[Any | dict[str, Any] | None]]

class Server(Generic[LifespanResultT]):
    def get_request_handler(self, *args, **kwargs) -> HandlerEntry[LifespanResultT] | None: ...
    def get_notification_handler(self, *args, **kwargs) -> HandlerEntry[LifespanResultT] | None: ...
    @property
    def session_manager(self) -> StreamableHTTPSessionManager: ...
    async def run(self, *args, **kwargs) -> None: ...
    lifespan: Callable[[Server[LifespanResultT]], AbstractAsyncContextManager[LifespanResultT]] | Callable[[Server[LifespanResultT, RequestT]], AbstractAsyncContextManager[LifespanResultT]]
    middleware: list[ServerMiddleware[LifespanResultT]]
    @property
    def request_context(self) -> _RequestContext[ServerSession, LifespanResultT, RequestT] | RequestContext[ServerSession]: ...
    @property
    def experimental(self) -> ExperimentalHandlers: ...
    request_handlers: dict[type, Callable[..., Awaitable[Any]]]
    notification_handlers: dict[type, Callable[..., Awaitable[None]]]

@asynccontextmanager
def lifespan(*args, **kwargs) -> AsyncIterator[dict[str, Any]] | AsyncIterator[object]: ...

request_ctx: Any

def __getattr__(name: str) -> Any: ...
