# Written by `python -m repairbot.stubs.generate httpx`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, Generator
from httpx._types import AsyncByteStream, SyncByteStream
from typing import Any

class ByteStream(AsyncByteStream, SyncByteStream):
    def __iter__(self) -> Generator[bytes, Any, Any]: ...
    def __aiter__(self) -> AsyncGenerator[bytes, None]: ...

def __getattr__(name: str) -> Any: ...
