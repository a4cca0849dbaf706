# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg._connection_info import ConnectionInfo
from psycopg.pq.abc import PGconn
from psycopg.rows import Row
from typing import Any, Generic

class BaseConnection(Generic[Row]):
    @property
    def info(self) -> ConnectionInfo: ...
    @property
    def adapters(self) -> AdaptersMap: ...
    @property
    def connection(self) -> BaseConnection[Row]: ...
    pgconn: PGconn

def __getattr__(name: str) -> Any: ...
