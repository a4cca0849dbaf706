# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from contextlib import AbstractAsyncContextManager
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from typing import Any, Protocol

class Transport(AbstractAsyncContextManager[tuple[ReadStream[SessionMessage | Exception], WriteStream[SessionMessage]]], Protocol): ...

def __getattr__(name: str) -> Any: ...
