# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio._core._synchronization import (
    CapacityLimiter as CapacityLimiter,
    Condition as Condition,
    Event as Event,
    Lock as Lock,
    Semaphore as Semaphore,
)
from anyio._core._tasks import CancelScope as CancelScope
from anyio.abc._eventloop import AsyncBackend as AsyncBackend
from anyio.abc._resources import AsyncResource as AsyncResource
from anyio.abc._sockets import (
    ConnectedUDPSocket as ConnectedUDPSocket,
    ConnectedUNIXDatagramSocket as ConnectedUNIXDatagramSocket,
    SocketListener as SocketListener,
    SocketStream as SocketStream,
    UDPSocket as UDPSocket,
    UNIXDatagramSocket as UNIXDatagramSocket,
    UNIXSocketStream as UNIXSocketStream,
)
from anyio.abc._streams import (
    AnyByteReceiveStream as AnyByteReceiveStream,
    AnyByteSendStream as AnyByteSendStream,
    AnyByteStream as AnyByteStream,
    AnyByteStreamConnectable as AnyByteStreamConnectable,
    AnyUnreliableByteReceiveStream as AnyUnreliableByteReceiveStream,
    AnyUnreliableByteSendStream as AnyUnreliableByteSendStream,
    AnyUnreliableByteStream as AnyUnreliableByteStream,
    ByteReceiveStream as ByteReceiveStream,
    ByteSendStream as ByteSendStream,
    ByteStream as ByteStream,
    ByteStreamConnectable as ByteStreamConnectable,
    Listener as Listener,
    ObjectReceiveStream as ObjectReceiveStream,
    ObjectSendStream as ObjectSendStream,
    ObjectStream as ObjectStream,
    ObjectStreamConnectable as ObjectStreamConnectable,
    UnreliableObjectReceiveStream as UnreliableObjectReceiveStream,
    UnreliableObjectSendStream as UnreliableObjectSendStream,
    UnreliableObjectStream as UnreliableObjectStream,
)
from anyio.abc._subprocesses import Process as Process
from anyio.abc._tasks import TaskGroup as TaskGroup
from anyio.abc._testing import TestRunner as TestRunner
from anyio.from_thread import BlockingPortal as BlockingPortal
from typing import Any

def __getattr__(name: str) -> Any: ...
