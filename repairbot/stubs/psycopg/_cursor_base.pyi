# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg.abc import ConnectionType
from psycopg.rows import Row
from typing import Any, Generic

class BaseCursor(Generic[ConnectionType, Row]):
    def __init__(self, connection: ConnectionType, **kwargs) -> None: ...
    @property
    def adapters(self) -> AdaptersMap: ...

def __getattr__(name: str) -> Any: ...
