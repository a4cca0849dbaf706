# Written by `python -m repairbot.stubs.generate stamina`: change its pins or corrections, not this file.
from stamina.instrumentation._data import RetryHook as RetryHook
from typing import Any

def __getattr__(name: str) -> Any: ...
