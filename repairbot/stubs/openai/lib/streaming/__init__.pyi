# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.lib.streaming._assistants import (
    AssistantEventHandler as AssistantEventHandler,
    AssistantStreamManager as AssistantStreamManager,
    AsyncAssistantEventHandler as AsyncAssistantEventHandler,
    AsyncAssistantStreamManager as AsyncAssistantStreamManager,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
