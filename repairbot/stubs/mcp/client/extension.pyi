# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable, Sequence
from mcp.client.session import ClientSession
from typing import Any, Generic, TypeVar

ClaimedT = TypeVar("ClaimedT")

NotifyParamsT = TypeVar("NotifyParamsT")

class ClaimContext:
    session: ClientSession

class ClientExtension:
    def claims(self, *args, **kwargs) -> Sequence[ResultClaim[Any]]: ...
    def notifications(self, *args, **kwargs) -> Sequence[NotificationBinding[Any]]: ...

class NotificationBinding(Generic[NotifyParamsT]):
    handler: Callable[[NotifyParamsT], Awaitable[None]]

class ResultClaim(Generic[ClaimedT]):
    resolve: Callable[[ClaimedT, ClaimContext], Awaitable[Any]]

def advertise(*args, **kwargs) -> ClientExtension: ...

def __getattr__(name: str) -> Any: ...
