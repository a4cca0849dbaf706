# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from trio import abc as abc, from_thread as from_thread, lowlevel as lowlevel, socket as socket, to_thread as to_thread
from trio._channel import (
    MemoryReceiveChannel as MemoryReceiveChannel,
    MemorySendChannel as MemorySendChannel,
    as_safe_channel as as_safe_channel,
    open_memory_channel as open_memory_channel,
)
from trio._core._run import CancelScope as CancelScope, Nursery as Nursery, open_nursery as open_nursery, run as run
from trio._dtls import DTLSChannel as DTLSChannel, DTLSEndpoint as DTLSEndpoint
from trio._file_io import open_file as open_file, wrap_file as wrap_file
from trio._highlevel_generic import StapledStream as StapledStream, aclose_forcefully as aclose_forcefully
from trio._highlevel_open_tcp_listeners import open_tcp_listeners as open_tcp_listeners, serve_tcp as serve_tcp
from trio._highlevel_open_tcp_stream import open_tcp_stream as open_tcp_stream
from trio._highlevel_open_unix_stream import open_unix_socket as open_unix_socket
from trio._highlevel_serve_listeners import serve_listeners as serve_listeners
from trio._highlevel_socket import SocketListener as SocketListener, SocketStream as SocketStream
from trio._highlevel_ssl_helpers import (
    open_ssl_over_tcp_listeners as open_ssl_over_tcp_listeners,
    open_ssl_over_tcp_stream as open_ssl_over_tcp_stream,
    serve_ssl_over_tcp as serve_ssl_over_tcp,
)
from trio._path import Path as Path, PosixPath as PosixPath, WindowsPath as WindowsPath
from trio._signals import open_signal_receiver as open_signal_receiver
from trio._ssl import SSLListener as SSLListener, SSLStream as SSLStream
from trio._subprocess import Process as Process, run_process as run_process
from trio._sync import (
    CapacityLimiter as CapacityLimiter,
    CapacityLimiterStatistics as CapacityLimiterStatistics,
    Condition as Condition,
    ConditionStatistics as ConditionStatistics,
    Event as Event,
    Lock as Lock,
    LockStatistics as LockStatistics,
    Semaphore as Semaphore,
    StrictFIFOLock as StrictFIFOLock,
)
from trio._timeouts import (
    fail_after as fail_after,
    fail_at as fail_at,
    move_on_after as move_on_after,
    move_on_at as move_on_at,
    sleep as sleep,
    sleep_forever as sleep_forever,
    sleep_until as sleep_until,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
