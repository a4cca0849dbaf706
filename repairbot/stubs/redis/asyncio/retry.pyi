# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")

class Retry:
    async def call_with_retry(self, do: Callable[..., Awaitable[T]], *args, **kwargs) -> T: ...

def __getattr__(name: str) -> Any: ...
