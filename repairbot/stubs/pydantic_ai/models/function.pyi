# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pydantic_ai.models import StreamedResponse
from pydantic_ai.models._in_memory_batch import InMemoryBatchModel
from typing import Any

class FunctionModel(InMemoryBatchModel):  # __aenter__ only in 1.107.10, 2.68.0; __aexit__ only in 1.107.10, 2.68.0
    function: Callable[..., Any | Awaitable[Any]] | None
    stream_function: Callable[..., AsyncIterator[str | dict[int, Any]]] | None
    async def request(self, *args, **kwargs) -> Any: ...
    @asynccontextmanager
    def request_stream(self, *args, **kwargs) -> AsyncIterator[StreamedResponse]: ...

class FunctionStreamedResponse(StreamedResponse):
    async def close_stream(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
