# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from trio._core._local import RunVar as RunVar
from trio._core._parking_lot import ParkingLot as ParkingLot
from trio._core._run import (
    Task as Task,
    checkpoint as checkpoint,
    checkpoint_if_cancelled as checkpoint_if_cancelled,
    current_task as current_task,
)
from trio._core._unbounded_queue import UnboundedQueue as UnboundedQueue
from trio._subprocess import open_process as open_process
from trio._unix_pipes import FdStream as FdStream
from typing import Any

def __getattr__(name: str) -> Any: ...
