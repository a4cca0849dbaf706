# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from redis.asyncio.multidb.database import AsyncDatabase
from typing import Any

class AsyncActiveDatabaseChanged:
    @property
    def old_database(self) -> AsyncDatabase: ...
    @property
    def new_database(self) -> AsyncDatabase: ...

class CloseConnectionOnActiveDatabaseChanged:
    async def listen(self, *args, **kwargs) -> None: ...

class RegisterCommandFailure:
    async def listen(self, *args, **kwargs) -> None: ...

class ResubscribeOnActiveDatabaseChanged:
    async def listen(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
