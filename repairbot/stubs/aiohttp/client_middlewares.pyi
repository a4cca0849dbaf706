# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.client_reqrep import ClientResponse
from collections.abc import Awaitable, Callable
from typing import Any

def build_client_middlewares(*args, **kwargs) -> Callable[..., Awaitable[ClientResponse]]: ...

def __getattr__(name: str) -> Any: ...
