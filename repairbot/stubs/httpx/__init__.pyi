# Written by `python -m repairbot.stubs.generate httpx`: change its pins or corrections, not this file.
from httpx._api import (
    delete as delete,
    get as get,
    head as head,
    options as options,
    patch as patch,
    post as post,
    put as put,
    request as request,
    stream as stream,
)
from httpx._auth import Auth as Auth, BasicAuth as BasicAuth, DigestAuth as DigestAuth, NetRCAuth as NetRCAuth
from httpx._client import AsyncClient as AsyncClient, Client as Client
from httpx._content import ByteStream as ByteStream
from httpx._exceptions import (
    CloseError as CloseError,
    ConnectError as ConnectError,
    ConnectTimeout as ConnectTimeout,
    DecodingError as DecodingError,
    HTTPError as HTTPError,
    HTTPStatusError as HTTPStatusError,
    LocalProtocolError as LocalProtocolError,
    NetworkError as NetworkError,
    PoolTimeout as PoolTimeout,
    ProtocolError as ProtocolError,
    ProxyError as ProxyError,
    ReadError as ReadError,
    ReadTimeout as ReadTimeout,
    RemoteProtocolError as RemoteProtocolError,
    RequestError as RequestError,
    TimeoutException as TimeoutException,
    TooManyRedirects as TooManyRedirects,
    TransportError as TransportError,
    UnsupportedProtocol as UnsupportedProtocol,
    WriteError as WriteError,
    WriteTimeout as WriteTimeout,
)
from httpx._models import Cookies as Cookies, Headers as Headers, Request as Request, Response as Response
from httpx._transports.asgi import ASGITransport as ASGITransport
from httpx._transports.base import AsyncBaseTransport as AsyncBaseTransport, BaseTransport as BaseTransport
from httpx._transports.default import AsyncHTTPTransport as AsyncHTTPTransport, HTTPTransport as HTTPTransport
from httpx._transports.mock import MockTransport as MockTransport
from httpx._transports.wsgi import WSGITransport as WSGITransport
from httpx._types import AsyncByteStream as AsyncByteStream, SyncByteStream as SyncByteStream
from httpx._urls import QueryParams as QueryParams, URL as URL
from typing import Any

def __getattr__(name: str) -> Any: ...
