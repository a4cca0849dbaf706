# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from openai._client import AsyncOpenAI
from pydantic_ai.models.decision import DecisionModel
from typing import Any

class OpenAIDecisionsModel(DecisionModel[AsyncOpenAI]):
    async def decide(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
