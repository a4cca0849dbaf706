# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from mcp.client.session import ClientSession
from mcp.shared._context_streams import ContextReceiveStream, ContextSendStream
from mcp.shared.message import SessionMessage
from typing import Any

MessageStream = tuple[ContextReceiveStream[SessionMessage | Exception], ContextSendStream[SessionMessage | Exception]]

@asynccontextmanager
def create_client_server_memory_streams(*args, **kwargs) -> AsyncIterator[tuple[tuple[ContextReceiveStream[SessionMessage | Exception], ContextSendStream[SessionMessage | Exception]], tuple[ContextReceiveStream[SessionMessage | Exception], ContextSendStream[SessionMessage | Exception]]]] | AsyncIterator[tuple[tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]], tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]]]] | AsyncIterator[tuple[tuple[MemoryObjectReceiveStream[Any | Exception], MemoryObjectSendStream[Any]], tuple[MemoryObjectReceiveStream[Any | Exception], MemoryObjectSendStream[Any]]]]: ...

@asynccontextmanager
def create_connected_server_and_client_session(*args, **kwargs) -> AsyncIterator[ClientSession]: ...

def __getattr__(name: str) -> Any: ...
