# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from typing import Any

EventCallback = Callable[..., Awaitable[None]]

class EventStore:
    async def store_event(self, *args, **kwargs) -> str: ...
    async def replay_events_after(self, *args, **kwargs) -> str | None: ...

class StreamableHTTPServerTransport:
    async def handle_request(self, *args, **kwargs) -> None: ...
    async def terminate(self, *args, **kwargs) -> None: ...
    @asynccontextmanager
    def connect(self, *args, **kwargs) -> AsyncIterator[tuple[ReadStream[SessionMessage | Exception], WriteStream[SessionMessage]]] | AsyncIterator[tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]]]: ...

def __getattr__(name: str) -> Any: ...
