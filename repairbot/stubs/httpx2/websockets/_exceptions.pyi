# Written by `python -m repairbot.stubs.generate httpx2`: change its pins or corrections, not this file.
from httpx2._models import Response
from typing import Any

class WebSocketUpgradeError:
    response: Response

def __getattr__(name: str) -> Any: ...
