# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.lib.streaming.responses._responses import (
    AsyncResponseStream as AsyncResponseStream,
    AsyncResponseStreamManager as AsyncResponseStreamManager,
    ResponseStream as ResponseStream,
    ResponseStreamManager as ResponseStreamManager,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
