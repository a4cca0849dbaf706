# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.beta.chat.completions import AsyncCompletions, Completions
from typing import Any

class AsyncChat:
    @property
    def completions(self) -> AsyncCompletions: ...

class Chat:
    @property
    def completions(self) -> Completions: ...

def __getattr__(name: str) -> Any: ...
