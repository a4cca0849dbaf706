# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.web_response import StreamResponse
from collections.abc import Awaitable
from typing import Any, Protocol

class Middleware(Protocol):
    def __call__(self, *args, **kwargs) -> Awaitable[StreamResponse]: ...

def __getattr__(name: str) -> Any: ...
