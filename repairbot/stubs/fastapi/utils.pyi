# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from fastapi.datastructures import DefaultType
from typing import Any

def get_value_or_default(first_item: Any | DefaultType, *extra_items: Any | DefaultType, **kwargs) -> Any | DefaultType: ...

def __getattr__(name: str) -> Any: ...
