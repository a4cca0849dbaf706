# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any

class SuggestionParser:
    def __iter__(self) -> Generator[Any, Any, Any]: ...

def __getattr__(name: str) -> Any: ...
