# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from collections.abc import Generator
from psycopg._server_cursor_base import ServerCursorMixin
from psycopg.connection import Connection
from psycopg.cursor import Cursor
from psycopg.rows import Row
from typing import Any, Self

class ServerCursor(ServerCursorMixin[Connection[Any], Row], Cursor[Row]):  # __next__ only in 3.3.9
    def execute(self, *args, **kwargs) -> Self: ...
    def __iter__(self) -> Self | Generator[Row, Any, Any]: ...
    def __next__(self) -> Row: ...

def __getattr__(name: str) -> Any: ...
