# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

@contextmanager
def map_api_errors(*args, **kwargs) -> Iterator[None]: ...

def __getattr__(name: str) -> Any: ...
