# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from pydantic_ai.realtime.codec import RealtimeConnection
from pydantic_ai.realtime.model import RealtimeModel
from typing import Any, Protocol

class GoogleRealtimeConnection(RealtimeConnection):
    async def send(self, *args, **kwargs) -> Sequence[Any]: ...
    def frames(self, *args, **kwargs) -> AsyncGenerator[Any, None]: ...

class GoogleRealtimeDial(Protocol):
    def __call__(self, *args, **kwargs) -> Awaitable[Any]: ...

class GoogleRealtimeModel(RealtimeModel):
    @asynccontextmanager
    def connect(self, *args, **kwargs) -> AsyncIterator[GoogleRealtimeConnection]: ...

def __getattr__(name: str) -> Any: ...
