# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Any

class InferredLifecycle:
    @contextmanager
    def sending(self, *args, **kwargs) -> Iterator[int]: ...
    def frames(self, *args, **kwargs) -> AsyncGenerator[Any, None]: ...

def __getattr__(name: str) -> Any: ...
