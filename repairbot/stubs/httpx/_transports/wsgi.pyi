# Written by `python -m repairbot.stubs.generate httpx`: change its pins or corrections, not this file.
from httpx._models import Response
from httpx._transports.base import BaseTransport
from typing import Any

class WSGITransport(BaseTransport):
    def handle_request(self, *args, **kwargs) -> Response: ...

def __getattr__(name: str) -> Any: ...
