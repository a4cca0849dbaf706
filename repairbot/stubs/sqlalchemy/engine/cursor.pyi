# Written by `python -m repairbot.stubs.generate sqlalchemy`: change its pins or corrections, not this file.
from sqlalchemy.engine.base import Connection
from sqlalchemy.engine.result import MergedResult, Result
from typing import Any, Self, TypeVarTuple

_Ts = TypeVarTuple("_Ts")

class CursorResult(Result[_Ts]):
    connection: Connection
    def splice_horizontally(self, *args, **kwargs) -> Self: ...
    def splice_vertically(self, *args, **kwargs) -> Self: ...
    def merge(self, *args, **kwargs) -> MergedResult[tuple[Any, ...]]: ...

def __getattr__(name: str) -> Any: ...
