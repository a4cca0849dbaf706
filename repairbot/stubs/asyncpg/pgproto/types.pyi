# Written by `python -m repairbot.stubs.generate asyncpg`: change its pins or corrections, not this file.
from collections.abc import Iterator
from typing import Any

class Path:
    def __iter__(self) -> Iterator[Any]: ...

class Polygon(Path): ...

def __getattr__(name: str) -> Any: ...
