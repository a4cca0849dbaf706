# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.models import StreamedResponse
from typing import Any

class OpenAIStreamedResponse(StreamedResponse):
    async def close_stream(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
