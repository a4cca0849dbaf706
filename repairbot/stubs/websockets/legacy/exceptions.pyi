# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any
from websockets.datastructures import Headers

class AbortHandshake:
    headers: Headers

class InvalidStatusCode:
    headers: Headers

def __getattr__(name: str) -> Any: ...
