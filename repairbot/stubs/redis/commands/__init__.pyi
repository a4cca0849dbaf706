# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from typing import Any

def __getattr__(name: str) -> Any: ...
