# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.payload import Payload
from collections.abc import Awaitable, Callable
from typing import Any

class StreamWrapperPayload(Payload):
    async def write(self, *args, **kwargs) -> None: ...

class StreamPayload(StreamWrapperPayload):
    async def write(self, *args, **kwargs) -> None: ...

class _stream_wrapper:
    async def __call__(self, *args, **kwargs) -> None: ...

class streamer:
    def __call__(self, *args, **kwargs) -> _stream_wrapper: ...
    coro: Callable[..., Awaitable[None]]

def __getattr__(name: str) -> Any: ...
