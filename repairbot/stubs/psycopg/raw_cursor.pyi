# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._cursor_base import BaseCursor
from psycopg._server_cursor import ServerCursor
from psycopg._server_cursor_async import AsyncServerCursor
from psycopg.abc import ConnectionType
from psycopg.connection import Connection
from psycopg.connection_async import AsyncConnection
from psycopg.cursor import Cursor
from psycopg.cursor_async import AsyncCursor
from psycopg.rows import Row
from typing import Any

class RawCursorMixin(BaseCursor[ConnectionType, Row]): ...

class AsyncRawCursor(RawCursorMixin[AsyncConnection[Any], Row], AsyncCursor[Row]): ...  # __anext__ only in 3.3.9

class AsyncRawServerCursor(RawCursorMixin[AsyncConnection[Any], Row], AsyncServerCursor[Row]): ...  # __anext__ only in 3.3.9

class RawCursor(RawCursorMixin[Connection[Any], Row], Cursor[Row]): ...  # __next__ only in 3.3.9

class RawServerCursor(RawCursorMixin[Connection[Any], Row], ServerCursor[Row]): ...  # __next__ only in 3.3.9

def __getattr__(name: str) -> Any: ...
