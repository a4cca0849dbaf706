# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Callable
from socket import socket as _socket
from typing import Any, Self
from websockets.http11 import Response
from websockets.server import ServerProtocol
from websockets.sync.connection import Connection

class Server:
    @property
    def connections(self) -> set[ServerConnection]: ...
    def __enter__(self) -> Self | Server: ...
    def __exit__(self, *args, **kwargs) -> None: ...
    socket: _socket
    handler: Callable[..., None]
    all_connections: set[ServerConnection]

class ServerConnection(Connection):
    def respond(self, *args, **kwargs) -> Response: ...
    protocol: ServerProtocol
    server: Server
    handler: Callable[..., None]

class WebSocketServer:
    def __enter__(self) -> WebSocketServer: ...
    def __exit__(self, *args, **kwargs) -> None: ...
    socket: _socket
    handler: Callable[..., None]

def basic_auth(*args, **kwargs) -> Callable[..., Response | None]: ...

def serve(*args, **kwargs) -> Server | WebSocketServer: ...

def unix_serve(*args, **kwargs) -> Server | WebSocketServer: ...

def __getattr__(name: str) -> Any: ...
