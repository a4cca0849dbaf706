# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._adapters_map import AdaptersMap
from psycopg._typeinfo import TypesRegistry
from typing import Any

adapters: AdaptersMap

types: TypesRegistry

def __getattr__(name: str) -> Any: ...
