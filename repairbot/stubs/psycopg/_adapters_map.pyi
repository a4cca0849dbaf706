# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._connection_base import BaseConnection
from psycopg._typeinfo import TypesRegistry
from typing import Any

class AdaptersMap:
    types: TypesRegistry
    @property
    def adapters(self) -> AdaptersMap: ...
    @property
    def connection(self) -> BaseConnection[Any] | None: ...

def __getattr__(name: str) -> Any: ...
