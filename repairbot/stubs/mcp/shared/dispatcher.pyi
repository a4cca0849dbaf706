# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from mcp.shared.message import ClientMessageMetadata, ServerMessageMetadata
from typing import Any, Protocol, TypeVar

TransportT_co = TypeVar("TransportT_co")

class CallOptions(dict[str, Any]):
    on_progress: ProgressFnT
    on_resumption_token: Callable[..., Awaitable[None]]

class Outbound(Protocol):
    async def send_raw_request(self, *args, **kwargs) -> dict[str, Any]: ...
    async def notify(self, *args, **kwargs) -> None: ...

class DispatchContext(Outbound, Protocol[TransportT_co]):
    @property
    def message_metadata(self) -> ClientMessageMetadata | ServerMessageMetadata | None: ...
    async def progress(self, *args, **kwargs) -> None: ...

class Dispatcher(Outbound, Protocol[TransportT_co]):
    async def run(self, *args, **kwargs) -> None: ...

class ProgressFnT(Protocol):
    async def __call__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
