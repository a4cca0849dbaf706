# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_response import StreamResponse
from collections.abc import Awaitable, Callable
from typing import Any

class Server:
    @property
    def connections(self) -> list[RequestHandler]: ...
    async def shutdown(self, *args, **kwargs) -> None: ...
    def __call__(self, *args, **kwargs) -> RequestHandler: ...
    request_handler: Callable[..., Awaitable[StreamResponse]]

def __getattr__(name: str) -> Any: ...
