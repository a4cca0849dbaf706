# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from typing import Any, TypeVar, overload

T_Attr = TypeVar("T_Attr")

T_Default = TypeVar("T_Default")

class TypedAttributeProvider:
    @overload
    def extra(self, attribute: T_Attr, **kwargs) -> T_Attr: ...
    @overload
    def extra(self, attribute: T_Attr, default: T_Default, **kwargs) -> T_Attr | T_Default: ...

def __getattr__(name: str) -> Any: ...
