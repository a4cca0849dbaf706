# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from redis.credentials import CredentialProvider
from redis.event import EventDispatcher
from redis.himport import HImportRegistry
from redis.retry import Retry
from typing import Any, Self

class MaintNotificationsAbstractConnection:
    event_dispatcher: EventDispatcher | None

class AbstractConnection(MaintNotificationsAbstractConnection):
    credential_provider: CredentialProvider | None
    himport_registry: HImportRegistry | None
    retry: Retry | Any

class Connection(AbstractConnection): ...

class ConnectionPool:  # __enter__ only in 8.1.0; __exit__ only in 8.1.0
    @classmethod
    def from_url(cls, *args, **kwargs) -> Self: ...
    def get_connection(self, *args, **kwargs) -> Connection: ...
    def make_connection(self, *args, **kwargs) -> Connection: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *args, **kwargs) -> None: ...

def __getattr__(name: str) -> Any: ...
