# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from pydantic_ai.realtime._session import RealtimeSession as RealtimeSession
from pydantic_ai.realtime.model import RealtimeModel as RealtimeModel, infer_realtime_model as infer_realtime_model
from typing import Any

def __getattr__(name: str) -> Any: ...
