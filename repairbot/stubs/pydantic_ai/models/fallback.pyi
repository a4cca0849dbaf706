# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pydantic_ai.models import Model, StreamedResponse
from typing import Any

class FallbackModel(Model):  # __aenter__ only in 1.107.10, 2.68.0; __aexit__ only in 1.107.10, 2.68.0
    models: list[Model]
    async def __aenter__(self) -> FallbackModel: ...
    async def __aexit__(self, *args, **kwargs) -> bool | None: ...
    async def request(self, *args, **kwargs) -> Any: ...
    @asynccontextmanager
    def request_stream(self, *args, **kwargs) -> AsyncIterator[StreamedResponse]: ...
    async def cancel_suspended_response(self, *args, **kwargs) -> None: ...

ExceptionHandler = Callable[..., Awaitable[bool]] | Callable[..., bool]

FallbackOn = type[Exception] | tuple[type[Exception], ...] | Callable[..., Awaitable[bool]] | Callable[..., bool] | Sequence[type[Exception] | Callable[..., Awaitable[bool]] | Callable[..., bool]]

ResponseHandler = Callable[..., Awaitable[bool]] | Callable[..., bool]

def __getattr__(name: str) -> Any: ...
