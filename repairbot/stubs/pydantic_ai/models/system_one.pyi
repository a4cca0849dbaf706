# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from httpx2._client import AsyncClient
from pydantic_ai.models.decision import DecisionModel
from typing import Any

class SystemOneModel(DecisionModel[AsyncClient]):
    async def decide(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
