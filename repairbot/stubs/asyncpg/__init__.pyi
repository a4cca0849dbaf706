# Written by `python -m repairbot.stubs.generate asyncpg`: change its pins or corrections, not this file.
from asyncpg.connection import Connection as Connection, connect as connect
from asyncpg.pgproto.types import Path as Path, Polygon as Polygon
from asyncpg.pool import Pool as Pool, create_pool as create_pool
from asyncpg.protocol.record import Record as Record
from typing import Any

def __getattr__(name: str) -> Any: ...
