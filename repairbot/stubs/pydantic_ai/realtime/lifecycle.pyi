# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.realtime._inferred_lifecycle import InferredLifecycle as InferredLifecycle
from typing import Any

def __getattr__(name: str) -> Any: ...
