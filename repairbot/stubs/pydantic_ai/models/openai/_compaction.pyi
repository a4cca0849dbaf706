# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Callable
from pydantic_ai._run_context import RunContext
from pydantic_ai.models import ModelRequestContext
from typing import Any

class OpenAICompaction:
    def get_model_settings(self, *args, **kwargs) -> Callable[[RunContext[Any]], Any] | None: ...
    async def before_model_request(self, *args, **kwargs) -> ModelRequestContext: ...

def __getattr__(name: str) -> Any: ...
