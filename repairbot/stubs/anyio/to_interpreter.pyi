# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio._core._synchronization import CapacityLimiter
from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

PosArgsT = TypeVarTuple("PosArgsT")

T_Retval = TypeVar("T_Retval")

def current_default_interpreter_limiter(*args, **kwargs) -> CapacityLimiter: ...

async def run_sync(func: Callable[[PosArgsT], T_Retval], *args, **kwargs) -> T_Retval: ...

def __getattr__(name: str) -> Any: ...
