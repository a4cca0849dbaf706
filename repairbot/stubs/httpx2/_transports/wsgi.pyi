# Written by `python -m repairbot.stubs.generate httpx2`: change its pins or corrections, not this file.
from httpx2._models import Response
from httpx2._transports.base import BaseTransport
from typing import Any

class WSGITransport(BaseTransport):
    def handle_request(self, *args, **kwargs) -> Response: ...

def __getattr__(name: str) -> Any: ...
