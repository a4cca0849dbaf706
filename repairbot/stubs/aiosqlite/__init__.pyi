# Written by `python -m repairbot.stubs.generate aiosqlite`: change its pins or corrections, not this file.
from aiosqlite.core import Connection as Connection, connect as connect
from aiosqlite.cursor import Cursor as Cursor
from typing import Any

def __getattr__(name: str) -> Any: ...
