# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from typing import Any

class EventResultOrError:
    async def wait(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
