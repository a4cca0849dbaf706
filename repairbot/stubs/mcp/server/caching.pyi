# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from typing import Any, TypeVar

CacheableResultT = TypeVar("CacheableResultT")

def apply_cache_hint(result: CacheableResultT, *args, **kwargs) -> CacheableResultT: ...

def __getattr__(name: str) -> Any: ...
