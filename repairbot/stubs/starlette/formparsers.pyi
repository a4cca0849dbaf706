# Written by `python -m repairbot.stubs.generate starlette`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator
from starlette.datastructures import FormData, Headers, UploadFile
from typing import Any

class FormParser:
    async def parse(self, *args, **kwargs) -> FormData: ...
    headers: Headers
    stream: AsyncGenerator[bytes, None]

class MultiPartParser:
    async def parse(self, *args, **kwargs) -> FormData: ...
    headers: Headers
    stream: AsyncGenerator[bytes, None]
    items: list[tuple[str, str | UploadFile]]

class MultipartPart:
    file: UploadFile | None

def __getattr__(name: str) -> Any: ...
