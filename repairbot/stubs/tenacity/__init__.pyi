# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Coroutine, Generator
from tenacity.after import after_log as after_log
from tenacity.asyncio import AsyncRetrying as AsyncRetrying
from tenacity.before import before_log as before_log
from tenacity.before_sleep import before_sleep_log as before_sleep_log
from tenacity.retry import RetryBaseT as RetryBaseT
from tenacity.stop import StopBaseT as StopBaseT
from tenacity.tornadoweb import TornadoRetrying as TornadoRetrying
from tenacity.wait import WaitBaseT as WaitBaseT
from types import CoroutineType
from typing import Any, ParamSpec, Protocol, Self, TypeVar, overload

P = ParamSpec("P")

R = TypeVar("R")

WrappedFn = TypeVar("WrappedFn", bound="Callable[..., Any]")

WrappedFnReturnT = TypeVar("WrappedFnReturnT")

class AttemptManager:  # __aenter__ only in 9.2.1; __aexit__ only in 9.2.1
    def __enter__(self) -> None: ...
    def __exit__(self, *args, **kwargs) -> bool | None: ...
    async def __aenter__(self) -> None: ...
    async def __aexit__(self, *args, **kwargs) -> bool | None: ...
    retry_state: RetryCallState

class BaseRetrying:
    @property
    def iter_state(self) -> IterState: ...
    def wraps(self, f: Callable[P, R], **kwargs) -> _RetryDecorated[P, R] | WrappedFn: ...
    def __iter__(self) -> Generator[AttemptManager, None, None]: ...
    def __call__(self, fn: Callable[..., WrappedFnReturnT], *args, **kwargs) -> WrappedFnReturnT: ...
    def copy(self, *args, **kwargs) -> Self: ...
    stop: Any | Callable[..., bool]
    wait: Any | Callable[..., float | int]
    retry: Any | Callable[..., bool]
    before: Callable[..., None]
    after: Callable[..., None]
    before_sleep: Callable[..., None] | None
    retry_error_callback: Callable[..., Any] | None

class IterState:
    actions: list[Callable[..., Any]]

class RetryCallState:
    retry_object: BaseRetrying

class Retrying(BaseRetrying):
    def __call__(self, fn: Callable[..., WrappedFnReturnT], *args, **kwargs) -> WrappedFnReturnT: ...

class _AsyncRetryDecorator(Protocol):
    @overload
    def __call__(self, fn: Callable[P, CoroutineType[Any, Any, R]], **kwargs) -> _RetryDecorated[P, CoroutineType[Any, Any, R]]: ...
    @overload
    def __call__(self, fn: Callable[P, Coroutine[Any, Any, R]], **kwargs) -> _RetryDecorated[P, Coroutine[Any, Any, R]]: ...
    @overload
    def __call__(self, fn: Callable[P, Awaitable[R]], **kwargs) -> _RetryDecorated[P, Awaitable[R]]: ...
    @overload
    def __call__(self, fn: Callable[P, R], **kwargs) -> _RetryDecorated[P, Awaitable[R]]: ...

class _RetryDecorated(Protocol[P, R]):
    retry: BaseRetrying
    def retry_with(self, *args, **kwargs) -> _RetryDecorated[P, R]: ...
    def __call__(self, *args, **kwargs) -> R: ...

@overload
def retry(func: Callable[P, R], **kwargs) -> _RetryDecorated[P, R]: ...
@overload
def retry(*args, **kwargs) -> _AsyncRetryDecorator: ...
@overload
def retry(*args, **kwargs) -> Callable[[Callable[P, R]], _RetryDecorated[P, R]]: ...
@overload
def retry(*args, **kwargs) -> WrappedFn: ...
@overload
def retry(*args, **kwargs) -> Callable[[WrappedFn], WrappedFn]: ...

def __getattr__(name: str) -> Any: ...
