# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from typing import Any, Generic, TypeVar

T = TypeVar("T")

class RunVar(Generic[T]):
    def get(self, *args, **kwargs) -> T: ...

def __getattr__(name: str) -> Any: ...
