# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg.crdb._types import adapters as adapters
from psycopg.crdb.connection import AsyncCrdbConnection as AsyncCrdbConnection, CrdbConnection as CrdbConnection
from typing import Any

def __getattr__(name: str) -> Any: ...
