# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pydantic_ai.realtime.model import RealtimeModel
from pydantic_ai.realtime.openai import OpenAIRealtimeConnection
from typing import Any

class XaiRealtimeConnection(OpenAIRealtimeConnection):
    async def send(self, *args, **kwargs) -> None: ...

class XaiRealtimeModel(RealtimeModel):
    @asynccontextmanager
    def connect(self, *args, **kwargs) -> AsyncIterator[XaiRealtimeConnection]: ...

def __getattr__(name: str) -> Any: ...
