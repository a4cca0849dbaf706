# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from typing import Any, TypeVar

Row = TypeVar("Row")

def args_row(*args, **kwargs) -> Any: ...

def kwargs_row(*args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
