# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")

T = TypeVar("T")

def create_call_wrapper(func: Callable[..., R], request_type: type[T], **kwargs) -> Callable[[T], R]: ...

def __getattr__(name: str) -> Any: ...
