# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.models.openai._chat_model import OpenAIChatModel as OpenAIChatModel
from pydantic_ai.models.openai._chat_streaming import OpenAIStreamedResponse as OpenAIStreamedResponse
from pydantic_ai.models.openai._compaction import OpenAICompaction as OpenAICompaction
from pydantic_ai.models.openai._responses_model import OpenAIResponsesModel as OpenAIResponsesModel
from pydantic_ai.models.openai._responses_streaming import (
    OpenAIResponsesStreamedResponse as OpenAIResponsesStreamedResponse,
)
from typing import Any

class OpenAIModel(OpenAIChatModel): ...  # __aenter__ only in 1.107.10; __aexit__ only in 1.107.10

def __getattr__(name: str) -> Any: ...
