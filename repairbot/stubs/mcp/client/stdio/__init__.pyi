# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from mcp.client.stdio.win32 import terminate_windows_process as terminate_windows_process
from mcp.os.posix.utilities import terminate_posix_process_tree as terminate_posix_process_tree
from mcp.os.win32.utilities import (
    FallbackProcess as FallbackProcess,
    create_windows_process as create_windows_process,
    terminate_windows_process_tree as terminate_windows_process_tree,
)
from mcp.shared.message import SessionMessage as SessionMessage
from typing import Any

@asynccontextmanager
def stdio_client(*args, **kwargs) -> AsyncIterator[tuple[Any, Any]]: ...

def __getattr__(name: str) -> Any: ...
