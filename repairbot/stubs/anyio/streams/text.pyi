# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio.abc._streams import (
    ByteReceiveStream,
    ByteSendStream,
    ByteStream,
    ByteStreamConnectable,
    ObjectReceiveStream,
    ObjectSendStream,
    ObjectStream,
    ObjectStreamConnectable,
)
from typing import Any

class TextConnectable(ObjectStreamConnectable[str]):
    async def connect(self, *args, **kwargs) -> TextStream: ...
    connectable: ObjectStreamConnectable[bytes] | ByteStreamConnectable

class TextReceiveStream(ObjectReceiveStream[str]):
    transport_stream: ObjectReceiveStream[bytes] | ByteReceiveStream
    async def receive(self, *args, **kwargs) -> str: ...
    async def aclose(self, *args, **kwargs) -> None: ...

class TextSendStream(ObjectSendStream[str]):
    transport_stream: ObjectSendStream[bytes] | ByteSendStream
    async def send(self, *args, **kwargs) -> None: ...
    async def aclose(self, *args, **kwargs) -> None: ...

class TextStream(ObjectStream[str]):
    transport_stream: ObjectStream[bytes] | ByteStream
    async def receive(self, *args, **kwargs) -> str: ...
    async def send(self, *args, **kwargs) -> None: ...
    async def send_eof(self, *args, **kwargs) -> None: ...
    async def aclose(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
