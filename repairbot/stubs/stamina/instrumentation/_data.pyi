# Written by `python -m repairbot.stubs.generate stamina`: change its pins or corrections, not this file.
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

class RetryHook(Protocol):
    def __call__(self, *args, **kwargs) -> None | AbstractContextManager[None]: ...

class RetryHookFactory:
    hook_factory: Callable[..., RetryHook]

def __getattr__(name: str) -> Any: ...
