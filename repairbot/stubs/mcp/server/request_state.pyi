# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Callable
from typing import Any

class RequestStateBoundary:
    async def __call__(self, *args, **kwargs) -> Any | dict[str, Any] | None: ...

class RequestStateSecurity:
    bind_principal: Callable[..., str | None] | None
    @classmethod
    def ephemeral(cls, *args, **kwargs) -> RequestStateSecurity: ...

def __getattr__(name: str) -> Any: ...
