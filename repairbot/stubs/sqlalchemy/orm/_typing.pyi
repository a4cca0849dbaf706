# Written by `python -m repairbot.stubs.generate sqlalchemy`: change its pins or corrections, not this file.
from typing import Any, TypeVar

_O = TypeVar("_O", bound="object")

def __getattr__(name: str) -> Any: ...
