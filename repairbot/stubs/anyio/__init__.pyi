# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from anyio import (
    abc as abc,
    from_thread as from_thread,
    functools as functools,
    itertools as itertools,
    lowlevel as lowlevel,
    to_interpreter as to_interpreter,
    to_process as to_process,
    to_thread as to_thread,
)
from anyio._core._compat import maybe_async as maybe_async, maybe_async_cm as maybe_async_cm
from anyio._core._concurrency_utils import amap as amap, as_completed as as_completed, gather as gather
from anyio._core._contextmanagers import (
    AsyncContextManagerMixin as AsyncContextManagerMixin,
    ContextManagerMixin as ContextManagerMixin,
)
from anyio._core._eventloop import (
    current_time as current_time,
    run as run,
    sleep as sleep,
    sleep_forever as sleep_forever,
    sleep_until as sleep_until,
)
from anyio._core._fileio import AsyncFile as AsyncFile, Path as Path, open_file as open_file, wrap_file as wrap_file
from anyio._core._futures import Future as Future
from anyio._core._resources import aclose_forcefully as aclose_forcefully
from anyio._core._signals import open_signal_receiver as open_signal_receiver
from anyio._core._sockets import (
    TCPConnectable as TCPConnectable,
    UNIXConnectable as UNIXConnectable,
    as_connectable as as_connectable,
    connect_tcp as connect_tcp,
    connect_unix as connect_unix,
    create_connected_udp_socket as create_connected_udp_socket,
    create_connected_unix_datagram_socket as create_connected_unix_datagram_socket,
    create_tcp_listener as create_tcp_listener,
    create_udp_socket as create_udp_socket,
    create_unix_datagram_socket as create_unix_datagram_socket,
    create_unix_listener as create_unix_listener,
    getaddrinfo as getaddrinfo,
    getnameinfo as getnameinfo,
    wait_readable as wait_readable,
    wait_socket_readable as wait_socket_readable,
    wait_socket_writable as wait_socket_writable,
    wait_writable as wait_writable,
)
from anyio._core._streams import create_memory_object_stream as create_memory_object_stream
from anyio._core._subprocesses import open_process as open_process, run_process as run_process
from anyio._core._synchronization import (
    CapacityLimiter as CapacityLimiter,
    Condition as Condition,
    ConditionStatistics as ConditionStatistics,
    Event as Event,
    Lock as Lock,
    LockStatistics as LockStatistics,
    ResourceGuard as ResourceGuard,
    Semaphore as Semaphore,
    create_capacity_limiter as create_capacity_limiter,
    create_condition as create_condition,
    create_event as create_event,
    create_lock as create_lock,
    create_semaphore as create_semaphore,
)
from anyio._core._tasks import (
    CancelScope as CancelScope,
    TaskHandle as TaskHandle,
    create_task_group as create_task_group,
    current_effective_deadline as current_effective_deadline,
    fail_after as fail_after,
    fail_at as fail_at,
    move_on_after as move_on_after,
    move_on_at as move_on_at,
    open_cancel_scope as open_cancel_scope,
)
from anyio._core._tempfile import (
    NamedTemporaryFile as NamedTemporaryFile,
    SpooledTemporaryFile as SpooledTemporaryFile,
    TemporaryDirectory as TemporaryDirectory,
    TemporaryFile as TemporaryFile,
    gettempdir as gettempdir,
    gettempdirb as gettempdirb,
    mkdtemp as mkdtemp,
    mkstemp as mkstemp,
)
from anyio._core._testing import (
    TaskInfo as TaskInfo,
    get_current_task as get_current_task,
    get_running_tasks as get_running_tasks,
    wait_all_tasks_blocked as wait_all_tasks_blocked,
)
from anyio._core._typedattr import TypedAttributeProvider as TypedAttributeProvider
from anyio.from_thread import (
    create_blocking_portal as create_blocking_portal,
    run_async_from_thread as run_async_from_thread,
    run_sync_from_thread as run_sync_from_thread,
    start_blocking_portal as start_blocking_portal,
)
from anyio.to_thread import (
    current_default_worker_thread_limiter as current_default_worker_thread_limiter,
    run_sync_in_worker_thread as run_sync_in_worker_thread,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
