# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio.abc._streams import (
    ByteReceiveStream,
    ByteSendStream,
    ByteStream,
    Listener,
    ObjectReceiveStream,
    ObjectSendStream,
    ObjectStream,
)
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

T_Item = TypeVar("T_Item")

T_Stream = TypeVar("T_Stream")

class MultiListener(Listener[T_Stream], Generic[T_Stream]):
    listeners: Sequence[Listener[T_Stream]]
    async def serve(self, *args, **kwargs) -> None: ...
    async def aclose(self, *args, **kwargs) -> None: ...

class StapledByteStream(ByteStream):
    send_stream: ByteSendStream
    receive_stream: ByteReceiveStream
    async def receive(self, *args, **kwargs) -> bytes: ...
    async def send(self, *args, **kwargs) -> None: ...
    async def send_eof(self, *args, **kwargs) -> None: ...
    async def aclose(self, *args, **kwargs) -> None: ...

class StapledObjectStream(ObjectStream[T_Item], Generic[T_Item]):
    send_stream: ObjectSendStream[T_Item]
    receive_stream: ObjectReceiveStream[T_Item]
    async def receive(self, *args, **kwargs) -> T_Item: ...
    async def send(self, *args, **kwargs) -> None: ...
    async def send_eof(self, *args, **kwargs) -> None: ...
    async def aclose(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
