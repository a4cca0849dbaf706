# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg._connection_info import ConnectionInfo
from psycopg.connection import Connection
from psycopg.connection_async import AsyncConnection
from psycopg.cursor import Cursor
from psycopg.cursor_async import AsyncCursor
from psycopg.pq.abc import PGconn
from psycopg.rows import Row
from typing import Any, overload

class AsyncCrdbConnection(_CrdbConnectionMixin, AsyncConnection[Row]):
    @overload
    @classmethod
    async def connect(cls, conninfo=..., *, autocommit=..., prepare_threshold=..., row_factory, cursor_factory: type[AsyncCursor[Row]] | None = ..., context=..., **kwargs) -> AsyncCrdbConnection[Row]: ...
    @overload
    @classmethod
    async def connect(cls, *args, **kwargs) -> AsyncCrdbConnection[tuple[Any, ...]]: ...

class CrdbConnection(_CrdbConnectionMixin, Connection[Row]):
    @overload
    @classmethod
    def connect(cls, conninfo=..., *, autocommit=..., row_factory, prepare_threshold=..., cursor_factory: type[Cursor[Row]] | None = ..., context=..., **kwargs) -> CrdbConnection[Row]: ...
    @overload
    @classmethod
    def connect(cls, *args, **kwargs) -> CrdbConnection[tuple[Any, ...]]: ...

class CrdbConnectionInfo(ConnectionInfo): ...

class _CrdbConnectionMixin:
    pgconn: PGconn
    @property
    def adapters(self) -> AdaptersMap: ...
    @property
    def info(self) -> CrdbConnectionInfo: ...

def __getattr__(name: str) -> Any: ...
