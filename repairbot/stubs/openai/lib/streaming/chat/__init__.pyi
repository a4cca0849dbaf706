# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.lib.streaming.chat._completions import (
    AsyncChatCompletionStream as AsyncChatCompletionStream,
    AsyncChatCompletionStreamManager as AsyncChatCompletionStreamManager,
    ChatCompletionStream as ChatCompletionStream,
    ChatCompletionStreamManager as ChatCompletionStreamManager,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
