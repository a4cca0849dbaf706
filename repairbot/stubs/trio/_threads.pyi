# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from trio._sync import CapacityLimiter
from typing import Any, TypeVar, TypeVarTuple

RetT = TypeVar("RetT")

Ts = TypeVarTuple("Ts")

def current_default_thread_limiter(*args, **kwargs) -> CapacityLimiter: ...

def from_thread_run(afn: Callable[[Ts], Awaitable[RetT]], *args, **kwargs) -> RetT: ...

def from_thread_run_sync(fn: Callable[[Ts], RetT], *args, **kwargs) -> RetT: ...

async def to_thread_run_sync(sync_fn: Callable[[Ts], RetT], *args, **kwargs) -> RetT: ...

def __getattr__(name: str) -> Any: ...
