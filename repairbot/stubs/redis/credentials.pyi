# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from typing import Any

class CredentialProvider:
    async def get_credentials_async(self, *args, **kwargs) -> tuple[str] | tuple[str, str]: ...

def __getattr__(name: str) -> Any: ...
