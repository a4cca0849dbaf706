# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio.lowlevel import RunVar
from collections.abc import Callable, Coroutine
from typing import Any, Generic, ParamSpec, TypeVar, overload

P = ParamSpec("P")

T = TypeVar("T")

class AsyncLRUCacheWrapper(Generic[P, T]):
    async def __call__(self, *args, **kwargs) -> T: ...

class _LRUCacheWrapper:
    @overload
    def __call__(self, func: Callable[P, Coroutine[Any, Any, T]], /) -> AsyncLRUCacheWrapper[P, T]: ...
    @overload
    def __call__(self, *args, **kwargs) -> Any: ...

@overload
def cache(func: Callable[P, Coroutine[Any, Any, T]], /) -> AsyncLRUCacheWrapper[P, T]: ...
@overload
def cache(*args, **kwargs) -> Any: ...

@overload
def lru_cache(*args, **kwargs) -> _LRUCacheWrapper: ...
@overload
def lru_cache(func: Callable[P, Coroutine[Any, Any, T]], /) -> AsyncLRUCacheWrapper[P, T]: ...
@overload
def lru_cache(*args, **kwargs) -> Any: ...

lru_cache_items: RunVar[Any]

async def reduce(*args, **kwargs) -> T: ...

def __getattr__(name: str) -> Any: ...
