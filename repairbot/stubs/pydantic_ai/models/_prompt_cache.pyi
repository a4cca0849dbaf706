# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

def excess_cache_points(blocks_newest_first: Iterable[T], *args, is_cache_point: Callable[[T], bool], **kwargs) -> list[T]: ...

def split_instruction_cache_points(points: Sequence[T], **kwargs) -> tuple[int, list[T]]: ...

def __getattr__(name: str) -> Any: ...
