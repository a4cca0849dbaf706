# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

@contextmanager
def open_signal_receiver(*args, **kwargs) -> Iterator[Any]: ...

def __getattr__(name: str) -> Any: ...
