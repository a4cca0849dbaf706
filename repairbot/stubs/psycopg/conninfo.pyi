# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._conninfo_attempts_async import conninfo_attempts_async as conninfo_attempts_async
from typing import Any

def __getattr__(name: str) -> Any: ...
