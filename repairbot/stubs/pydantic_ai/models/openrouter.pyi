# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pydantic_ai.models import StreamedResponse
from pydantic_ai.models.openai._chat_model import OpenAIChatModel
from pydantic_ai.models.openai._chat_streaming import OpenAIStreamedResponse
from typing import Any

class OpenRouterModel(OpenAIChatModel):
    async def request(self, *args, **kwargs) -> Any: ...
    @asynccontextmanager
    def request_stream(self, *args, **kwargs) -> AsyncIterator[StreamedResponse]: ...

class OpenRouterStreamedResponse(OpenAIStreamedResponse): ...

def __getattr__(name: str) -> Any: ...
