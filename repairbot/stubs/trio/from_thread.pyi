# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from trio._threads import from_thread_run as run, from_thread_run_sync as run_sync
from typing import Any

def __getattr__(name: str) -> Any: ...
