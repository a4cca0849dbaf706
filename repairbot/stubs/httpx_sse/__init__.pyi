# Written by `python -m repairbot.stubs.generate httpx_sse`: change its pins or corrections, not this file.
from httpx_sse._api import EventSource as EventSource, aconnect_sse as aconnect_sse, connect_sse as connect_sse
from typing import Any

def __getattr__(name: str) -> Any: ...
