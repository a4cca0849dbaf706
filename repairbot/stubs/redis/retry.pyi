# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

class Retry:
    def call_with_retry(self, do: Callable[..., T], *args, **kwargs) -> T: ...

def __getattr__(name: str) -> Any: ...
