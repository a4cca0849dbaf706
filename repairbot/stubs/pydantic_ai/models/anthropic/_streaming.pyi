# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from anthropic._streaming import AsyncStream
from pydantic_ai._utils import PeekableAsyncStream
from pydantic_ai.models import StreamedResponse
from typing import Any

class AnthropicStreamedResponse(StreamedResponse):
    async def close_stream(self, *args, **kwargs) -> None: ...

AnthropicEventStream = PeekableAsyncStream[Any, AsyncStream[Any]]

def __getattr__(name: str) -> Any: ...
