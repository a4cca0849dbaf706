# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any
from websockets.asyncio.client import (
    ClientConnection as ClientConnection,
    connect as connect,
    unix_connect as unix_connect,
)
from websockets.asyncio.router import Router as Router, route as route, unix_route as unix_route
from websockets.asyncio.server import (
    Server as Server,
    ServerConnection as ServerConnection,
    basic_auth as basic_auth,
    serve as serve,
)
from websockets.client import ClientProtocol as ClientProtocol
from websockets.datastructures import Headers as Headers, HeadersLike as HeadersLike
from websockets.exceptions import InvalidProxyStatus as InvalidProxyStatus, InvalidStatus as InvalidStatus
from websockets.frames import Frame as Frame
from websockets.http11 import Request as Request, Response as Response
from websockets.legacy.auth import (
    BasicAuthWebSocketServerProtocol as BasicAuthWebSocketServerProtocol,
    basic_auth_protocol_factory as basic_auth_protocol_factory,
)
from websockets.legacy.client import WebSocketClientProtocol as WebSocketClientProtocol
from websockets.legacy.exceptions import AbortHandshake as AbortHandshake, InvalidStatusCode as InvalidStatusCode
from websockets.legacy.protocol import WebSocketCommonProtocol as WebSocketCommonProtocol
from websockets.legacy.server import (
    WebSocketServer as WebSocketServer,
    WebSocketServerProtocol as WebSocketServerProtocol,
)
from websockets.protocol import Protocol as Protocol
from websockets.server import ServerProtocol as ServerProtocol

unix_serve: Any  # differs: 17.4 def; 13.1 def

def __getattr__(name: str) -> Any: ...
