# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg.rows import Row
from typing import Any, Generic

class BaseConnection(Generic[Row]):
    @property
    def adapters(self) -> AdaptersMap: ...
    @property
    def connection(self) -> BaseConnection[Row]: ...

def __getattr__(name: str) -> Any: ...
