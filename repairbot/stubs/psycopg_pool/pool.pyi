# Written by `python -m repairbot.stubs.generate psycopg_pool`: change its pins or corrections, not this file.
from collections.abc import Iterator
from contextlib import contextmanager
from psycopg.connection import Connection
from psycopg_pool.abc import CT
from typing import Any, Generic, Self

class ConnectionPool(Generic[CT]):
    @contextmanager
    def connection(self, *args, **kwargs) -> Iterator[CT] | Iterator[Connection[Any]]: ...
    def __enter__(self) -> Self | _Self: ...
    def __exit__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
