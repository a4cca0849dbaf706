# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from mcp.shared._context_streams import ContextReceiveStream, ContextSendStream
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import ClientMessageMetadata, SessionMessage
from typing import Any

class RequestContext:
    session_message: SessionMessage
    metadata: ClientMessageMetadata | None
    read_stream_writer: ContextSendStream[SessionMessage | Exception] | MemoryObjectSendStream[SessionMessage | Exception]

class StreamableHTTPTransport:
    async def handle_get_stream(self, *args, **kwargs) -> None: ...
    async def post_writer(self, *args, **kwargs) -> None: ...
    async def terminate_session(self, *args, **kwargs) -> None: ...

SessionMessageOrError = SessionMessage | Exception

StreamReader = ContextReceiveStream[SessionMessage]

StreamWriter = ContextSendStream[SessionMessage | Exception]

@asynccontextmanager
def streamable_http_client(*args, **kwargs) -> AsyncIterator[tuple[ReadStream[SessionMessage | Exception], WriteStream[SessionMessage]]] | AsyncIterator[tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage], Callable[..., str | None]]]: ...

@asynccontextmanager
def streamablehttp_client(*args, **kwargs) -> AsyncIterator[tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage], Callable[..., str | None]]]: ...

def __getattr__(name: str) -> Any: ...
