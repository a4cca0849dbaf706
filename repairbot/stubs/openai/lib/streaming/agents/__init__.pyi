# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.lib.streaming.agents._streams import (
    AgentSessionStream as AgentSessionStream,
    AsyncAgentSessionStream as AsyncAgentSessionStream,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
