# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from typing import Any

class BackgroundTask:
    async def __call__(self, *args, **kwargs) -> None: ...

class BackgroundTasks(BackgroundTask):
    async def __call__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
