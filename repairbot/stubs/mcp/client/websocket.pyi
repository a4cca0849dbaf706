# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from mcp.shared.message import SessionMessage
from typing import Any

@asynccontextmanager
def websocket_client(*args, **kwargs) -> AsyncIterator[tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]]]: ...

def __getattr__(name: str) -> Any: ...
