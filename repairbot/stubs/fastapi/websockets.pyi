# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.websockets import WebSocket as WebSocket
from typing import Any

def __getattr__(name: str) -> Any: ...
