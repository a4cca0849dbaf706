# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.realtime.openai import OpenAIRealtimeConnection, OpenAIRealtimeModel
from typing import Any

class ElevenLabsRealtimeConnection(OpenAIRealtimeConnection): ...

class ElevenLabsRealtimeModel(OpenAIRealtimeModel):
    async def answer_webrtc_offer(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
