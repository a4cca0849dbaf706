# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.background import BackgroundTasks as _BackgroundTasks
from typing import Any

class BackgroundTasks(_BackgroundTasks):
    async def __call__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
