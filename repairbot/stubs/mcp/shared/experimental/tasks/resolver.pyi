# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from typing import Any, Generic, TypeVar

T = TypeVar("T")

class Resolver(Generic[T]):
    async def wait(self, *args, **kwargs) -> T: ...

def __getattr__(name: str) -> Any: ...
