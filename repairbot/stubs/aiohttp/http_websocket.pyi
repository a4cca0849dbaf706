# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp._websocket.reader_py import WebSocketReader as WebSocketReader
from aiohttp._websocket.writer import WebSocketWriter as WebSocketWriter
from typing import Any

def __getattr__(name: str) -> Any: ...
