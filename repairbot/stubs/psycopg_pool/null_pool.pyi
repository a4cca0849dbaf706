# Written by `python -m repairbot.stubs.generate psycopg_pool`: change its pins or corrections, not this file.
from collections.abc import Callable
from psycopg_pool.abc import CT
from psycopg_pool.pool import ConnectionPool
from typing import Any

class NullConnectionPool(ConnectionPool[CT]):
    def __init__(self, *args, connection_class: type[CT] = ..., configure: Callable[[CT], None] | None = ..., check: Callable[[CT], None] | None = ..., reset: Callable[[CT], None] | None = ..., **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
