# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from starlette.responses import Response
from typing import Any

class RequestBodyLimitMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...

class TransportSecurityMiddleware:
    async def validate_request(self, *args, **kwargs) -> Response | None: ...

def __getattr__(name: str) -> Any: ...
