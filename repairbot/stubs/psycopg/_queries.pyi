# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from collections.abc import Sequence
from typing import Any

class PostgresQuery:
    params: Sequence[bytes | bytearray | memoryview | None] | None

def __getattr__(name: str) -> Any: ...
