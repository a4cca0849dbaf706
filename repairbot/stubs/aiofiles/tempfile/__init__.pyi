# Written by `python -m repairbot.stubs.generate aiofiles`: change its pins or corrections, not this file.
from aiofiles.base import AiofilesContextManager as AiofilesContextManager
from aiofiles.tempfile.temptypes import (
    AsyncSpooledTemporaryFile as AsyncSpooledTemporaryFile,
    AsyncTemporaryDirectory as AsyncTemporaryDirectory,
)
from aiofiles.threadpool.binary import (
    AsyncBufferedIOBase as AsyncBufferedIOBase,
    AsyncBufferedReader as AsyncBufferedReader,
    AsyncFileIO as AsyncFileIO,
)
from aiofiles.threadpool.text import AsyncTextIOWrapper as AsyncTextIOWrapper
from collections.abc import Iterator
from typing import Any

class AiofilesContextManagerTempDir(AiofilesContextManager, AiofilesContextManager[AsyncTemporaryDirectory]):  # __anext__ only in 0.8.0, 22.1.0, 23.2.1; __iter__ only in 0.8.0, 22.1.0, 23.2.1; __next__ only in 0.8.0, 22.1.0, 23.2.1
    async def __aenter__(self) -> str: ...
    async def __anext__(self) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __next__(self) -> Any: ...

def NamedTemporaryFile(*args, **kwargs) -> AiofilesContextManager[AsyncTextIOWrapper | AsyncBufferedIOBase | AsyncBufferedReader | AsyncFileIO]: ...

def SpooledTemporaryFile(*args, **kwargs) -> AiofilesContextManager[AsyncSpooledTemporaryFile]: ...

def TemporaryDirectory(*args, **kwargs) -> AiofilesContextManagerTempDir: ...

def TemporaryFile(*args, **kwargs) -> AiofilesContextManager[AsyncTextIOWrapper | AsyncBufferedIOBase | AsyncBufferedReader | AsyncFileIO]: ...

def __getattr__(name: str) -> Any: ...
