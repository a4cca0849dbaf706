# Written by `python -m repairbot.stubs.generate stamina`: change its pins or corrections, not this file.
from stamina.instrumentation._data import RetryHook
from typing import Any

def get_on_retry_hooks(*args, **kwargs) -> tuple[RetryHook, ...]: ...

def __getattr__(name: str) -> Any: ...
