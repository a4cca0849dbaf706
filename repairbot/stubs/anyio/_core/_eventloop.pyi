# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio._core._compat import DeprecatedAwaitableFloat
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, TypeVarTuple

PosArgsT = TypeVarTuple("PosArgsT")

T_Retval = TypeVar("T_Retval")

def current_time(*args, **kwargs) -> float | DeprecatedAwaitableFloat: ...

def run(func: Callable[[PosArgsT], Awaitable[T_Retval]], *args, **kwargs) -> T_Retval: ...

async def sleep(*args, **kwargs) -> None: ...

async def sleep_forever(*args, **kwargs) -> None: ...

async def sleep_until(*args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
