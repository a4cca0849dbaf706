# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.client_reqrep import ClientResponse
from typing import Any

class DigestAuthMiddleware:
    async def __call__(self, *args, **kwargs) -> ClientResponse: ...

def __getattr__(name: str) -> Any: ...
