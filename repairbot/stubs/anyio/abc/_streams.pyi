# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio._core._typedattr import TypedAttributeProvider
from anyio.abc._resources import AsyncResource
from typing import Any, Generic, TypeVar

T_Item = TypeVar("T_Item")

T_co = TypeVar("T_co")

T_contra = TypeVar("T_contra")

class ByteReceiveStream(AsyncResource, TypedAttributeProvider):
    def __aiter__(self) -> ByteReceiveStream: ...
    async def __anext__(self) -> bytes: ...
    async def receive(self, *args, **kwargs) -> bytes: ...

class ByteSendStream(AsyncResource, TypedAttributeProvider):
    async def send(self, *args, **kwargs) -> None: ...

class ByteStream(ByteReceiveStream, ByteSendStream):
    async def send_eof(self, *args, **kwargs) -> None: ...

class ByteStreamConnectable:
    async def connect(self, *args, **kwargs) -> ByteStream: ...

class Listener(AsyncResource, TypedAttributeProvider, Generic[T_co]):
    async def serve(self, *args, **kwargs) -> None: ...

class UnreliableObjectReceiveStream(AsyncResource, TypedAttributeProvider, Generic[T_co]):
    def __aiter__(self) -> UnreliableObjectReceiveStream[T_co]: ...
    async def __anext__(self) -> T_co: ...
    async def receive(self, *args, **kwargs) -> T_co: ...

class ObjectReceiveStream(UnreliableObjectReceiveStream[T_co]): ...

class UnreliableObjectSendStream(AsyncResource, TypedAttributeProvider, Generic[T_contra]):
    async def send(self, *args, **kwargs) -> None: ...

class ObjectSendStream(UnreliableObjectSendStream[T_contra]): ...

class UnreliableObjectStream(UnreliableObjectReceiveStream[T_Item], UnreliableObjectSendStream[T_Item]): ...

class ObjectStream(ObjectReceiveStream[T_Item], ObjectSendStream[T_Item], UnreliableObjectStream[T_Item]):
    async def send_eof(self, *args, **kwargs) -> None: ...

class ObjectStreamConnectable(Generic[T_co]):
    async def connect(self, *args, **kwargs) -> ObjectStream[T_co]: ...

AnyByteReceiveStream = ObjectReceiveStream[bytes] | ByteReceiveStream

AnyByteSendStream = ObjectSendStream[bytes] | ByteSendStream

AnyByteStream = ObjectStream[bytes] | ByteStream

AnyByteStreamConnectable = ObjectStreamConnectable[bytes] | ByteStreamConnectable

AnyUnreliableByteReceiveStream = UnreliableObjectReceiveStream[bytes] | ByteReceiveStream

AnyUnreliableByteSendStream = UnreliableObjectSendStream[bytes] | ByteSendStream

AnyUnreliableByteStream = UnreliableObjectStream[bytes] | ByteStream

def __getattr__(name: str) -> Any: ...
