# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")

T = TypeVar("T")

def iterate_in_threadpool(iterator: Iterable[T], **kwargs) -> AsyncGenerator[T, None]: ...

async def run_in_threadpool(func: Callable[P, T], *args, **kwargs) -> T: ...

async def run_until_first_complete(*args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
