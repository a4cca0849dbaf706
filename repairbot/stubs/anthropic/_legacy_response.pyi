# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")

_T = TypeVar("_T")

class LegacyAPIResponse(Generic[R]):
    def __init__(self, *args, cast_to: type[R], **kwargs) -> None: ...
    @overload
    def parse(self, *args, to: type[_T], **kwargs) -> _T: ...
    @overload
    def parse(self, *args, **kwargs) -> R: ...

def __getattr__(name: str) -> Any: ...
