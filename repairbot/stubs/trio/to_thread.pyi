# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from trio._threads import (
    current_default_thread_limiter as current_default_thread_limiter,
    to_thread_run_sync as run_sync,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
