# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic.lib.vertex._client import (
    AnthropicVertex as AnthropicVertex,
    AsyncAnthropicVertex as AsyncAnthropicVertex,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
