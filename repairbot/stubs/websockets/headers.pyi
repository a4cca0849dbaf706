# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

def parse_list(parse_item: Callable[..., tuple[T, int]], *args, **kwargs) -> list[T]: ...

def __getattr__(name: str) -> Any: ...
