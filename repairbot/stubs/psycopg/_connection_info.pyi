# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg.pq.abc import PGconn
from typing import Any

class ConnectionInfo:
    pgconn: PGconn

def __getattr__(name: str) -> Any: ...
