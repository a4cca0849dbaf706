# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator, Sequence
from typing import Any
from websockets.extensions.base import Extension, ServerExtensionFactory
from websockets.http11 import Response
from websockets.legacy.server import (
    Serve as serve,
    WebSocketServer as WebSocketServer,
    WebSocketServerProtocol as WebSocketServerProtocol,
    unix_serve as unix_serve,
)
from websockets.protocol import Protocol

class ServerProtocol(Protocol):
    def accept(self, *args, **kwargs) -> Response: ...
    def process_extensions(self, *args, **kwargs) -> tuple[str | None, list[Extension]]: ...
    def reject(self, *args, **kwargs) -> Response: ...
    def parse(self, *args, **kwargs) -> Generator[None] | Generator[None, None, None]: ...
    available_extensions: Sequence[ServerExtensionFactory] | None

class ServerConnection(ServerProtocol): ...

def __getattr__(name: str) -> Any: ...
