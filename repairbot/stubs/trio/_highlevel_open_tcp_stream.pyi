# Written by `python -m repairbot.stubs.generate trio`: change its pins or corrections, not this file.
from trio._highlevel_socket import SocketStream
from typing import Any

async def open_tcp_stream(*args, **kwargs) -> SocketStream: ...

def __getattr__(name: str) -> Any: ...
