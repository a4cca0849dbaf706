# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

WrappedFn = TypeVar("WrappedFn", bound="Callable[..., Awaitable[Any]]")

def __getattr__(name: str) -> Any: ...
