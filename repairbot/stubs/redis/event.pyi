# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from typing import Any

class EventDispatcher:
    async def dispatch_async(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
