# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any

class async_retry_base:
    async def __call__(self, *args, **kwargs) -> bool: ...

class retry_all(async_retry_base):
    async def __call__(self, *args, **kwargs) -> bool: ...

class retry_any(async_retry_base):
    async def __call__(self, *args, **kwargs) -> bool: ...

class retry_if_exception(async_retry_base):
    async def __call__(self, *args, **kwargs) -> bool: ...
    predicate: Callable[..., Awaitable[bool]]

class retry_if_result(async_retry_base):
    async def __call__(self, *args, **kwargs) -> bool: ...
    predicate: Callable[..., Awaitable[bool]]

RetryBaseT = async_retry_base | Callable[..., Awaitable[bool]]

def __getattr__(name: str) -> Any: ...
