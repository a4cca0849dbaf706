# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from typing import Any

class AsyncExitStackMiddleware:
    async def __call__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
