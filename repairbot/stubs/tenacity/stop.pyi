# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any

StopBaseT = Any | Callable[..., bool]

def __getattr__(name: str) -> Any: ...
