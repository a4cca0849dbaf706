# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

@contextmanager
def open_signal_receiver(*args, **kwargs) -> Iterator[AsyncIterator[int]]: ...

def __getattr__(name: str) -> Any: ...
