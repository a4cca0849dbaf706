# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncPaginator
from anthropic.pagination import AsyncPage, SyncPage
from typing import Any

class AsyncModels:
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...

class Models:
    def list(self, *args, **kwargs) -> SyncPage[Any]: ...

def __getattr__(name: str) -> Any: ...
