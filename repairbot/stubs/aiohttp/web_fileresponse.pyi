# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.abc import AbstractStreamWriter
from aiohttp.web_response import StreamResponse
from typing import Any

class FileResponse(StreamResponse):
    async def prepare(self, *args, **kwargs) -> AbstractStreamWriter | None: ...

def __getattr__(name: str) -> Any: ...
