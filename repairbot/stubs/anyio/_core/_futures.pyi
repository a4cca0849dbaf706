# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

class Future(Generic[T]):
    async def wait(self, *args, **kwargs) -> None: ...
    def __await__(self) -> Generator[Any, Any, T]: ...

def __getattr__(name: str) -> Any: ...
