# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

@asynccontextmanager
def websocket_server(*args, **kwargs) -> AsyncIterator[tuple[Any, Any]]: ...

def __getattr__(name: str) -> Any: ...
