# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.models.decision import DecisionModel
from typing import Any

class GoogleDecisionsModel(DecisionModel[Any]):
    async def decide(self, *args, **kwargs) -> Any: ...

def __getattr__(name: str) -> Any: ...
