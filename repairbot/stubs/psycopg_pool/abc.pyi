# Written by `python -m repairbot.stubs.generate psycopg_pool`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from psycopg.connection import Connection
from psycopg.connection_async import AsyncConnection
from typing import Any, TypeVar

ACT = TypeVar("ACT", bound="AsyncConnection[Any]")

CT = TypeVar("CT", bound="Connection[Any]")

AsyncConnectFailedCB = Callable[..., None] | Callable[..., Awaitable[None]]

AsyncConninfoParam = str | Callable[..., str] | Callable[..., Awaitable[str]]

AsyncKwargsParam = dict[str, Any] | Callable[..., dict[str, Any]] | Callable[..., Awaitable[dict[str, Any]]]

def __getattr__(name: str) -> Any: ...
