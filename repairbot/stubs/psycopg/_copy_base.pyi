# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._cursor_base import BaseCursor
from psycopg.abc import ConnectionType, Transformer
from typing import Any, Generic

class BaseCopy(Generic[ConnectionType]):
    formatter: Formatter
    cursor: BaseCursor[ConnectionType, Any]

class Formatter:
    def write(self, *args, **kwargs) -> bytes | bytearray | memoryview: ...
    def write_row(self, *args, **kwargs) -> bytes | bytearray | memoryview: ...
    def end(self, *args, **kwargs) -> bytes | bytearray | memoryview: ...
    transformer: Transformer

def __getattr__(name: str) -> Any: ...
