# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any
from websockets.http11 import Response
from websockets.legacy.exceptions import AbortHandshake as AbortHandshake, InvalidStatusCode as InvalidStatusCode

class InvalidProxyStatus:
    response: Response

class InvalidStatus:
    response: Response

def __getattr__(name: str) -> Any: ...
