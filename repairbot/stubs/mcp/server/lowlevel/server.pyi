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
from typing import Any, Generic, TypeVar, overload

LifespanResultT = TypeVar("LifespanResultT")

class HandlerEntry(Generic[LifespanResultT]):
    handler: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any | dict[str, Any] | None]]

class Server(Generic[LifespanResultT]):
    @overload
    def __init__(self, *args, lifespan: Callable[[Server[LifespanResultT]], AbstractAsyncContextManager[LifespanResultT]] = ..., on_list_tools: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_call_tool: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_list_resources: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_list_resource_templates: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_read_resource: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_subscribe_resource: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_unsubscribe_resource: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_subscriptions_listen: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_list_prompts: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_get_prompt: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_completion: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_ping: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] = ..., **kwargs) -> None: ...
    @overload
    def __init__(self, *args, lifespan: Callable[[Server[LifespanResultT]], AbstractAsyncContextManager[LifespanResultT]] = ..., on_list_tools: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_call_tool: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_list_resources: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_list_resource_templates: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_read_resource: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_subscribe_resource: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_unsubscribe_resource: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_subscriptions_listen: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_list_prompts: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_get_prompt: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_completion: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_set_logging_level: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] | None = ..., on_ping: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[Any]] = ..., on_roots_list_changed: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[None]] | None = ..., on_progress: Callable[[ServerRequestContext[LifespanResultT], Any], Awaitable[None]] | None = ..., **kwargs) -> None: ...
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
