# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any
from websockets.asyncio.messages import SimpleQueue
from websockets.streams import StreamReader

class ReadLines:
    def parse(self, *args, **kwargs) -> Generator[None, None, None]: ...
    reader: StreamReader
    messages: SimpleQueue[str]

async def interactive_client(*args, **kwargs) -> None: ...

async def print_incoming_messages(*args, **kwargs) -> None: ...

async def send_outgoing_messages(*args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
