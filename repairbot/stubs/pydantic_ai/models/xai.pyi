# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pydantic_ai.models import Model, StreamedResponse
from typing import Any

class XaiModel(Model[Any]):
    async def request(self, *args, **kwargs) -> Any: ...
    @asynccontextmanager
    def request_stream(self, *args, **kwargs) -> AsyncIterator[StreamedResponse]: ...

class XaiStreamedResponse(StreamedResponse):
    async def close_stream(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
