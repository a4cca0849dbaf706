# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from asyncio import Future, Server as _Server, Task
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable
from socket import socket
from typing import Any, Self
from websockets.asyncio.connection import Connection
from websockets.http11 import Response
from websockets.server import ServerProtocol

class Server:  # __await__ only in 17.4
    @property
    def connections(self) -> set[ServerConnection]: ...
    async def start_serving(self, *args, **kwargs) -> None: ...
    async def serve_forever(self, *args, **kwargs) -> None: ...
    async def wait_closed(self, *args, **kwargs) -> None: ...
    @property
    def sockets(self) -> tuple[socket, ...] | Iterable[socket]: ...
    def __await__(self) -> Generator[Any, None, Self]: ...
    async def __aenter__(self) -> Self | Server: ...
    async def __aexit__(self, *args, **kwargs) -> None: ...
    create_server: Callable[..., Coroutine[Any, Any, _Server]]
    handler: Callable[..., Coroutine[Any, Any, None]] | Callable[..., Awaitable[None]]
    all_connections: set[ServerConnection]
    handler_tasks: set[Task[None]]
    close_task: Task[None] | None
    handlers_waiter: Future[None]
    async def conn_handler(self, *args, **kwargs) -> None: ...
    process_request: Callable[..., Awaitable[Response | None] | Response | None] | None
    process_response: Callable[..., Awaitable[Response | None] | Response | None] | None
    handlers: dict[ServerConnection, Task[None]]
    closed_waiter: Future[None]

class ServerConnection(Connection):
    def respond(self, *args, **kwargs) -> Response: ...
    async def handshake(self, *args, **kwargs) -> None: ...
    protocol: ServerProtocol
    server: Server
    request_rcvd: Future[None]
    handler: Callable[..., Awaitable[None]]

def basic_auth(*args, **kwargs) -> Callable[..., Awaitable[Response | None]]: ...

serve: Any  # differs: 17.4 def; 16.1.1 ClassDef; 15.0.1 ClassDef; 14.2 ClassDef; 13.1 ClassDef

def unix_serve(*args, **kwargs) -> Server | Awaitable[Server]: ...

def __getattr__(name: str) -> Any: ...
