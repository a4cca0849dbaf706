# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._connection_base import BaseConnection
from typing import Any

class Dumper:
    def upgrade(self, *args, **kwargs) -> Dumper: ...
    connection: BaseConnection[Any] | None | Any

def __getattr__(name: str) -> Any: ...
