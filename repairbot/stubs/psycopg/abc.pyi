# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg._connection_base import BaseConnection
from typing import Any, Protocol, TypeVar

ConnectionType = TypeVar("ConnectionType", bound="BaseConnection[Any]")

RV = TypeVar("RV")

class Transformer(Protocol):
    @classmethod
    def from_context(cls, *args, **kwargs) -> Transformer: ...
    @property
    def connection(self) -> BaseConnection[Any] | None: ...
    @property
    def adapters(self) -> AdaptersMap: ...
    def load_rows(self, *args, **kwargs) -> list[Any]: ...

def __getattr__(name: str) -> Any: ...
