# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from httpx._client import AsyncClient
from pydantic_ai.models import Model, StreamedResponse
from typing import Any, Protocol

class ApiKeyAuth:
    async def headers(self, *args, **kwargs) -> dict[str, str]: ...

class AuthProtocol(Protocol):
    async def headers(self, *args, **kwargs) -> dict[str, str]: ...

class GeminiModel(Model[AsyncClient]):  # __aenter__ only in 1.107.10; __aexit__ only in 1.107.10
    async def request(self, *args, **kwargs) -> Any: ...
    @asynccontextmanager
    def request_stream(self, *args, **kwargs) -> AsyncIterator[StreamedResponse]: ...

class GeminiStreamedResponse(StreamedResponse): ...

def __getattr__(name: str) -> Any: ...
