# Written by `python -m repairbot.stubs.generate aiofiles`: change its pins or corrections, not this file.
from aiofiles.base import AiofilesContextManager as AiofilesContextManager
from aiofiles.threadpool.binary import (
    AsyncBufferedIOBase as AsyncBufferedIOBase,
    AsyncBufferedReader as AsyncBufferedReader,
    AsyncFileIO as AsyncFileIO,
    AsyncIndirectBufferedIOBase as AsyncIndirectBufferedIOBase,
)
from aiofiles.threadpool.text import (
    AsyncTextIOWrapper as AsyncTextIOWrapper,
    AsyncTextIndirectIOWrapper as AsyncTextIndirectIOWrapper,
)
from typing import Any

def open(*args, **kwargs) -> AiofilesContextManager[AsyncTextIOWrapper | AsyncBufferedIOBase | AsyncBufferedReader | AsyncFileIO]: ...

stderr: AsyncTextIndirectIOWrapper

stderr_bytes: AsyncIndirectBufferedIOBase

stdin: AsyncTextIndirectIOWrapper

stdin_bytes: AsyncIndirectBufferedIOBase

stdout: AsyncTextIndirectIOWrapper

stdout_bytes: AsyncIndirectBufferedIOBase

def __getattr__(name: str) -> Any: ...
