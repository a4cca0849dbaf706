# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any

def before_sleep_log(*args, **kwargs) -> Callable[..., None]: ...

def __getattr__(name: str) -> Any: ...
