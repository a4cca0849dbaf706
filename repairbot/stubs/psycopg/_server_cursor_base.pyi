# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._cursor_base import BaseCursor
from psycopg.abc import ConnectionType
from psycopg.rows import Row
from typing import Any

class ServerCursorMixin(BaseCursor[ConnectionType, Row]): ...

def __getattr__(name: str) -> Any: ...
