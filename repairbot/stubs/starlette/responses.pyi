# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import AsyncIterable, Iterable
from starlette.background import BackgroundTask
from starlette.datastructures import MutableHeaders
from typing import Any

class Response:
    @property
    def headers(self) -> MutableHeaders: ...
    async def __call__(self, *args, **kwargs) -> None: ...
    background: BackgroundTask | None

class FileResponse(Response):
    async def __call__(self, *args, **kwargs) -> None: ...
    background: BackgroundTask | None

class HTMLResponse(Response): ...

class JSONResponse(Response): ...

class PlainTextResponse(Response): ...

class RedirectResponse(Response): ...

class StreamingResponse(Response):
    body_iterator: AsyncIterable[str | bytes | memoryview] | AsyncIterable[str | bytes]
    async def listen_for_disconnect(self, *args, **kwargs) -> None: ...
    async def stream_response(self, *args, **kwargs) -> None: ...
    async def __call__(self, *args, **kwargs) -> None: ...
    background: BackgroundTask | None

AsyncContentStream = AsyncIterable[str | bytes | memoryview]

ContentStream = AsyncIterable[str | bytes | memoryview] | Iterable[str | bytes | memoryview]

SyncContentStream = Iterable[str | bytes | memoryview]

def __getattr__(name: str) -> Any: ...
