# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg.connection import Connection
from psycopg.connection_async import AsyncConnection
from psycopg.rows import Row
from typing import Any

class _CrdbConnectionMixin:
    @property
    def adapters(self) -> AdaptersMap: ...

class AsyncCrdbConnection(_CrdbConnectionMixin, AsyncConnection[Row]):
    @classmethod
    async def connect(cls, *args, **kwargs) -> AsyncCrdbConnection[Row] | AsyncCrdbConnection[tuple[Any, ...]]: ...

class CrdbConnection(_CrdbConnectionMixin, Connection[Row]):
    @classmethod
    def connect(cls, *args, **kwargs) -> CrdbConnection[Row] | CrdbConnection[tuple[Any, ...]]: ...

def __getattr__(name: str) -> Any: ...
