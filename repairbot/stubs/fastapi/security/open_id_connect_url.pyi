# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from typing import Any

class OpenIdConnect:
    async def __call__(self, *args, **kwargs) -> str | None: ...

def __getattr__(name: str) -> Any: ...
