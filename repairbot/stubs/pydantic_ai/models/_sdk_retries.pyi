# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from typing import Any, TypeVar

_ClientT = TypeVar("_ClientT")

def with_max_retries(client: _ClientT, *args, **kwargs) -> _ClientT: ...

def __getattr__(name: str) -> Any: ...
