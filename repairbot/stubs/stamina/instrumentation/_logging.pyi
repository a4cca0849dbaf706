# Written by `python -m repairbot.stubs.generate stamina`: change its pins or corrections, not this file.
from stamina.instrumentation._data import RetryHookFactory
from typing import Any

LoggingOnRetryHook: RetryHookFactory

def __getattr__(name: str) -> Any: ...
