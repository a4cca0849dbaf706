# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from typing import Any

def create_memory_object_stream(*args, **kwargs) -> tuple[MemoryObjectSendStream[Any], MemoryObjectReceiveStream[Any]]: ...

def __getattr__(name: str) -> Any: ...
