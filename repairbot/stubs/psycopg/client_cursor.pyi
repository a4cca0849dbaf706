# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._cursor_base import BaseCursor
from psycopg.abc import ConnectionType
from psycopg.connection import Connection
from psycopg.connection_async import AsyncConnection
from psycopg.cursor import Cursor
from psycopg.cursor_async import AsyncCursor
from psycopg.rows import Row
from typing import Any

class ClientCursorMixin(BaseCursor[ConnectionType, Row]): ...

class AsyncClientCursor(ClientCursorMixin[AsyncConnection[Any], Row], AsyncCursor[Row]): ...  # __anext__ only in 3.3.9

class ClientCursor(ClientCursorMixin[Connection[Any], Row], Cursor[Row]): ...  # __next__ only in 3.3.9

def __getattr__(name: str) -> Any: ...
