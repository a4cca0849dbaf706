# Written by `python -m repairbot.stubs.generate psycopg_pool`: change its pins or corrections, not this file.
from psycopg_pool.sched_async import AsyncScheduler as AsyncScheduler
from typing import Any

def __getattr__(name: str) -> Any: ...
