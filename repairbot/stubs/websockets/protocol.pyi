# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any
from websockets.extensions.base import Extension
from websockets.frames import Frame
from websockets.http11 import Request, Response
from websockets.streams import StreamReader

class Protocol:
    def events_received(self, *args, **kwargs) -> list[Request | Response | Frame]: ...
    def parse(self, *args, **kwargs) -> Generator[None] | Generator[None, None, None]: ...
    def discard(self, *args, **kwargs) -> Generator[None] | Generator[None, None, None]: ...
    extensions: list[Extension]
    reader: StreamReader
    events: list[Request | Response | Frame]

Event = Request | Response | Frame

def __getattr__(name: str) -> Any: ...
