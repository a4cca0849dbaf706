# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any

class Frame:
    @classmethod
    def parse(cls, *args, **kwargs) -> Generator[None, None, Frame]: ...

def __getattr__(name: str) -> Any: ...
