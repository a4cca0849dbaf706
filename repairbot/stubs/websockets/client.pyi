# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator, Sequence
from typing import Any
from websockets.extensions.base import ClientExtensionFactory, Extension
from websockets.http11 import Request
from websockets.legacy.client import (
    Connect as connect,
    WebSocketClientProtocol as WebSocketClientProtocol,
    unix_connect as unix_connect,
)
from websockets.protocol import Protocol

class ClientProtocol(Protocol):
    def connect(self, *args, **kwargs) -> Request: ...
    def process_extensions(self, *args, **kwargs) -> list[Extension]: ...
    def parse(self, *args, **kwargs) -> Generator[None] | Generator[None, None, None]: ...
    available_extensions: Sequence[ClientExtensionFactory] | None

class ClientConnection(ClientProtocol): ...

def backoff(*args, **kwargs) -> Generator[float] | Generator[float, None, None]: ...

def __getattr__(name: str) -> Any: ...
