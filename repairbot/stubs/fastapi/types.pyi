# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any, TypeVar

DecoratedCallable = TypeVar("DecoratedCallable", bound="Callable[..., Any]")

def __getattr__(name: str) -> Any: ...
