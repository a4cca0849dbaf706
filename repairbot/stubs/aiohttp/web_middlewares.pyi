# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.typedefs import Middleware
from aiohttp.web_response import StreamResponse
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

_Func = TypeVar("_Func")

def middleware(f: _Func, **kwargs) -> _Func: ...

def normalize_path_middleware(*args, **kwargs) -> Middleware | Callable[..., Awaitable[StreamResponse]]: ...

def __getattr__(name: str) -> Any: ...
