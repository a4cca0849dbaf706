# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from starlette.concurrency import (
    iterate_in_threadpool as iterate_in_threadpool,
    run_in_threadpool as run_in_threadpool,
    run_until_first_complete as run_until_first_complete,
)
from typing import Any, TypeVar

_T = TypeVar("_T")

@asynccontextmanager
def contextmanager_in_threadpool(cm: AbstractContextManager[_T], **kwargs) -> AsyncIterator[_T]: ...

def __getattr__(name: str) -> Any: ...
