# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from typing import Any, TypeVar

OutputDataT = TypeVar("OutputDataT")

def __getattr__(name: str) -> Any: ...
