# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp._websocket.reader_py import WebSocketReader as WebSocketReader
from aiohttp._websocket.writer import WebSocketWriter as WebSocketWriter
from aiohttp.http_parser import HttpParser as HttpParser
from aiohttp.http_writer import StreamWriter as StreamWriter
from typing import Any

def __getattr__(name: str) -> Any: ...
