# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from asyncio import Future
from collections.abc import AsyncGenerator
from typing import Any, Generic, Literal, TypeVar, overload
from websockets.frames import Frame

T = TypeVar("T")

class Assembler:
    @overload
    async def get(self, decode: Literal[True], **kwargs) -> str: ...
    @overload
    async def get(self, decode: Literal[False], **kwargs) -> bytes: ...
    @overload
    async def get(self, *args, **kwargs) -> str | bytes: ...
    @overload
    def get_iter(self, decode: Literal[True], **kwargs) -> AsyncGenerator[str, None]: ...
    @overload
    def get_iter(self, decode: Literal[False], **kwargs) -> AsyncGenerator[bytes, None]: ...
    @overload
    def get_iter(self, *args, **kwargs) -> AsyncGenerator[str | bytes, None]: ...
    frames: SimpleQueue[Frame]

class SimpleQueue(Generic[T]):
    async def get(self, *args, **kwargs) -> T: ...
    get_waiter: Future[None] | None

def __getattr__(name: str) -> Any: ...
