# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Iterator
from typing import Any

class HImportRegistry:
    def __iter__(self) -> Iterator[str]: ...

def __getattr__(name: str) -> Any: ...
