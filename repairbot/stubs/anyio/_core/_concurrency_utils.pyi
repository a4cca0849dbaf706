# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio._core._tasks import TaskHandle
from anyio.streams.memory import MemoryObjectReceiveStream
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar, overload

R = TypeVar("R")

S = TypeVar("S")

T = TypeVar("T")

U = TypeVar("U")

V = TypeVar("V")

W = TypeVar("W")

async def amap(func: Callable[[T], Coroutine[Any, Any, R]], *args, **kwargs) -> list[R]: ...

@asynccontextmanager
def as_completed(*awaitables: Awaitable[R], **kwargs) -> AsyncIterator[MemoryObjectReceiveStream[TaskHandle[R]]]: ...

@overload
async def gather(coro1: Coroutine[Any, Any, R], coro2: Coroutine[Any, Any, S], /, **kwargs) -> tuple[R, S]: ...
@overload
async def gather(coro1: Coroutine[Any, Any, R], coro2: Coroutine[Any, Any, S], coro3: Coroutine[Any, Any, T], /, **kwargs) -> tuple[R, S, T]: ...
@overload
async def gather(coro1: Coroutine[Any, Any, R], coro2: Coroutine[Any, Any, S], coro3: Coroutine[Any, Any, T], coro4: Coroutine[Any, Any, U], /, **kwargs) -> tuple[R, S, T, U]: ...
@overload
async def gather(coro1: Coroutine[Any, Any, R], coro2: Coroutine[Any, Any, S], coro3: Coroutine[Any, Any, T], coro4: Coroutine[Any, Any, U], coro5: Coroutine[Any, Any, V], /, **kwargs) -> tuple[R, S, T, U, V]: ...
@overload
async def gather(coro1: Coroutine[Any, Any, R], coro2: Coroutine[Any, Any, S], coro3: Coroutine[Any, Any, T], coro4: Coroutine[Any, Any, U], coro5: Coroutine[Any, Any, V], coro6: Coroutine[Any, Any, W], /, **kwargs) -> tuple[R, S, T, U, V, W]: ...
@overload
async def gather(*coros: Coroutine[Any, Any, R], **kwargs) -> tuple[R, ...]: ...

def __getattr__(name: str) -> Any: ...
