# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, TypeVar

_T = TypeVar("_T")

@asynccontextmanager
def contextmanager_in_threadpool(cm: AbstractContextManager[_T], **kwargs) -> AsyncIterator[_T]: ...

def __getattr__(name: str) -> Any: ...
