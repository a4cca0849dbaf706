# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, TypeVar, overload

T = TypeVar("T")

class Config:
    @overload
    def __call__(self, *args, **kwargs) -> str | None: ...
    @overload
    def __call__(self, key, cast: type[T], default: T = ..., **kwargs) -> T: ...
    @overload
    def __call__(self, *args, **kwargs) -> str: ...
    @overload
    def __call__(self, key, cast: Callable[..., T] = ..., default=..., **kwargs) -> T: ...
    @overload
    def __call__(self, key, cast=..., default: T = ..., **kwargs) -> T | str: ...

class Environ(MutableMapping[str, str]):
    def __iter__(self) -> Iterator[str]: ...

environ: Environ

def __getattr__(name: str) -> Any: ...
