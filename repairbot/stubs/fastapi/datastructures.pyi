# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.datastructures import (
    FormData as FormData,
    Headers as Headers,
    QueryParams as QueryParams,
    State as State,
    UploadFile as _UploadFile,
)
from typing import Any, TypeVar

DefaultType = TypeVar("DefaultType")

class UploadFile(_UploadFile):
    async def write(self, *args, **kwargs) -> None: ...
    async def read(self, *args, **kwargs) -> bytes: ...
    async def seek(self, *args, **kwargs) -> None: ...
    async def close(self, *args, **kwargs) -> None: ...

def Default(value: DefaultType, **kwargs) -> DefaultType: ...

def __getattr__(name: str) -> Any: ...
