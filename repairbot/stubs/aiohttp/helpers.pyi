# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeVar, overload

_S = TypeVar("_S")

class BaseTimerContext(AbstractContextManager[BaseTimerContext]): ...

class ChainMapProxy(Mapping[str | Any, Any]):
    @overload
    def get(self, key, default: _S) -> Any | _S: ...
    @overload
    def get(self, *args, **kwargs) -> Any: ...
    def __iter__(self) -> Iterator[str | Any]: ...

def __getattr__(name: str) -> Any: ...
