# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

@contextmanager
def capability_load_window(*args, **kwargs) -> Iterator[None]: ...

async def resolve_loaded_capability_instructions(*args, **kwargs) -> list[Any]: ...

def __getattr__(name: str) -> Any: ...
