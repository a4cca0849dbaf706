# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.models.openai._chat_model import OpenAIChatModel
from typing import Any

class GitHubCopilotModel(OpenAIChatModel): ...

def __getattr__(name: str) -> Any: ...
