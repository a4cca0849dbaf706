# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._server_cursor import ServerCursor as ServerCursor
from psycopg._server_cursor_async import AsyncServerCursor as AsyncServerCursor
from psycopg._server_cursor_base import ServerCursorMixin as ServerCursorMixin
from typing import Any

def __getattr__(name: str) -> Any: ...
