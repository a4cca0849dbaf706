# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.models.openai._responses_model import OpenAIResponsesModel
from typing import Any

class OpenAICodexModel(OpenAIResponsesModel): ...

def __getattr__(name: str) -> Any: ...
