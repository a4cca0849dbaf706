# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

class WeightedList(Generic[T]):
    def __iter__(self) -> Generator[tuple[Any, Any], Any, Any]: ...

def __getattr__(name: str) -> Any: ...
