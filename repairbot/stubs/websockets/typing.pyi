# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any

BytesLike = bytes | bytearray | memoryview

DataLike = str | bytes | bytearray | memoryview

def __getattr__(name: str) -> Any: ...
