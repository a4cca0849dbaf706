# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.helpers import BaseTimerContext
from aiohttp.streams import StreamReader
from typing import Any, Generic, TypeVar

_MsgT = TypeVar("_MsgT")

class DeflateBuffer:
    out: StreamReader

class HttpParser(Generic[_MsgT]):
    def feed_data(self, *args, **kwargs) -> tuple[list[tuple[_MsgT, StreamReader]], bool, bytes]: ...
    timer: BaseTimerContext | None

def __getattr__(name: str) -> Any: ...
