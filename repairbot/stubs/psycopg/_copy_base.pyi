# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._cursor_base import BaseCursor
from psycopg.abc import ConnectionType, Transformer
from typing import Any, Generic

class BaseCopy(Generic[ConnectionType]):
    formatter: Formatter
    def __init__(self, cursor: BaseCursor[ConnectionType, Any], *args, **kwargs) -> None: ...
    cursor: BaseCursor[ConnectionType, Any]

class Formatter:
    transformer: Transformer

def __getattr__(name: str) -> Any: ...
