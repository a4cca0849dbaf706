# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.streams import DataQueue, StreamReader
from asyncio import Future
from typing import Any

class ResponseHandler(DataQueue[tuple[Any, StreamReader]]):
    @property
    def closed(self) -> None | Future[None]: ...

def __getattr__(name: str) -> Any: ...
