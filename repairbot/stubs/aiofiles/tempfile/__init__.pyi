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
from typing import Any

class AiofilesContextManagerTempDir(AiofilesContextManager[AsyncTemporaryDirectory]):
    async def __aenter__(self) -> str: ...

def NamedTemporaryFile(*args, **kwargs) -> AiofilesContextManager[AsyncTextIOWrapper | AsyncBufferedIOBase | AsyncBufferedReader | AsyncFileIO]: ...

def SpooledTemporaryFile(*args, **kwargs) -> AiofilesContextManager[AsyncSpooledTemporaryFile]: ...

def TemporaryDirectory(*args, **kwargs) -> AiofilesContextManagerTempDir: ...

def TemporaryFile(*args, **kwargs) -> AiofilesContextManager[AsyncTextIOWrapper | AsyncBufferedIOBase | AsyncBufferedReader | AsyncFileIO]: ...

def __getattr__(name: str) -> Any: ...
