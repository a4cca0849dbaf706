# Written by `python -m repairbot.stubs.generate httpx2`: change its pins or corrections, not this file.
from httpx2.websockets._api import (
    AsyncWebSocketClient as AsyncWebSocketClient,
    AsyncWebSocketSession as AsyncWebSocketSession,
    WebSocketClient as WebSocketClient,
    WebSocketSession as WebSocketSession,
)
from httpx2.websockets._exceptions import WebSocketUpgradeError as WebSocketUpgradeError
from httpx2.websockets._transport import ASGIWebSocketTransport as ASGIWebSocketTransport
from typing import Any

def __getattr__(name: str) -> Any: ...
