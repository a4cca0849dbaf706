# Written by `python -m repairbot.stubs.generate psycopg_pool`: change its pins or corrections, not this file.
from psycopg_pool.abc import CT
from psycopg_pool.pool import ConnectionPool
from typing import Any

class NullConnectionPool(ConnectionPool[CT]): ...

def __getattr__(name: str) -> Any: ...
