# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from typing import Any

adapters: AdaptersMap

def __getattr__(name: str) -> Any: ...
