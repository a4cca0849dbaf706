# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Awaitable
from redis.asyncio.connection import ConnectionPool
from redis.connection import ConnectionPool as _ConnectionPool
from typing import Any, Protocol

class CommandsProtocol(Protocol):
    def execute_command(self, *args, **kwargs) -> Awaitable[Any] | Any: ...
    connection_pool: ConnectionPool | _ConnectionPool

class ClusterCommandsProtocol(CommandsProtocol):
    def execute_command(self, *args, **kwargs) -> Any | Awaitable: ...

def __getattr__(name: str) -> Any: ...
