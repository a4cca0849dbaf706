# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.streams import DataQueue
from typing import Any

class WebSocketDataQueue:
    async def read(self, *args, **kwargs) -> Any: ...

class WebSocketReader:
    queue: WebSocketDataQueue | DataQueue[Any]

def __getattr__(name: str) -> Any: ...
