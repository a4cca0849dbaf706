# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Generator
from tenacity import (
    AttemptManager as AttemptManager,
    BaseRetrying as BaseRetrying,
    RetryCallState as RetryCallState,
    _RetryDecorated,
)
from tenacity._asyncio import WrappedFn as _WrappedFn
from tenacity.asyncio.retry import (
    RetryBaseT as RetryBaseT,
    retry_all as retry_all,
    retry_any as retry_any,
    retry_if_exception as retry_if_exception,
    retry_if_result as retry_if_result,
)
from tenacity.retry import RetryBaseT as SyncRetryBaseT
from tenacity.stop import StopBaseT as StopBaseT
from tenacity.wait import WaitBaseT as WaitBaseT
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")

R = TypeVar("R")

WrappedFn = TypeVar("WrappedFn", bound="Callable[..., Awaitable[Any]]")

class AsyncRetrying(BaseRetrying):
    async def __call__(self, *args, **kwargs) -> Any: ...
    async def iter(self, *args, **kwargs) -> Any: ...
    def __iter__(self) -> Generator[AttemptManager, None, None]: ...
    def __aiter__(self) -> AsyncRetrying: ...
    async def __anext__(self) -> AttemptManager: ...
    def wraps(self, fn: Callable[P, R], **kwargs) -> _RetryDecorated[P, R] | WrappedFn | _WrappedFn: ...
    sleep: Callable[..., Awaitable[Any]]

def __getattr__(name: str) -> Any: ...
