# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from socket import socket as _socket
from typing import Any, Literal, Self, overload
from websockets.http11 import Request, Response
from websockets.protocol import Protocol
from websockets.sync.messages import Assembler

class Connection:
    def __enter__(self) -> Self | Connection: ...
    def __exit__(self, *args, **kwargs) -> None: ...
    def __iter__(self) -> Generator[str | bytes, Any, Any]: ...
    @overload
    def recv_streaming(self, decode: Literal[True]) -> Generator[str, Any, Any]: ...
    @overload
    def recv_streaming(self, decode: Literal[False]) -> Generator[bytes, Any, Any]: ...
    @overload
    def recv_streaming(self, *args, **kwargs) -> Generator[str | bytes, Any, Any]: ...
    @contextmanager
    def send_context(self, *args, **kwargs) -> Iterator[None]: ...
    socket: _socket
    protocol: Protocol
    request: Request | None
    response: Response | None
    recv_messages: Assembler

def __getattr__(name: str) -> Any: ...
