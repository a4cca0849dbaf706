# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio._core._compat import DeprecatedAsyncContextManager
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from typing import Any

def open_signal_receiver(*args, **kwargs) -> AbstractContextManager[AsyncIterator[Any]] | DeprecatedAsyncContextManager[AsyncIterator[int]]: ...

def __getattr__(name: str) -> Any: ...
