# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any
from websockets.legacy.auth import (
    BasicAuthWebSocketServerProtocol as BasicAuthWebSocketServerProtocol,
    basic_auth_protocol_factory as basic_auth_protocol_factory,
)

def __getattr__(name: str) -> Any: ...
