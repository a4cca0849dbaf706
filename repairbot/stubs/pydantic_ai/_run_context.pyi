# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from pydantic_ai.agent import Agent
from pydantic_ai.models import Model
from pydantic_ai.models._abstract import AbstractModel
from pydantic_ai.realtime._session import RealtimeSession
from typing import Any, Generic, TypeVar, overload

AgentDepsT = TypeVar("AgentDepsT")

CapabilityEventT = TypeVar("CapabilityEventT")

CustomEventT = TypeVar("CustomEventT")

RunContextAgentDepsT = TypeVar("RunContextAgentDepsT")

class RunContext(Generic[RunContextAgentDepsT]):
    model: AbstractModel | Model
    agent: Agent[RunContextAgentDepsT, Any] | None
    realtime_session: RealtimeSession | None
    @overload
    async def emit(self, event: CustomEventT, /, **kwargs) -> CustomEventT: ...
    @overload
    async def emit(self, event: CapabilityEventT, /, **kwargs) -> CapabilityEventT: ...

def dispatch_event_stream(*args, **kwargs) -> AsyncGenerator[Any, None]: ...

@contextmanager
def set_current_run_context(*args, **kwargs) -> Iterator[None]: ...

def __getattr__(name: str) -> Any: ...
