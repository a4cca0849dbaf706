# Written by `python -m repairbot.stubs.generate redis`: change its pins or corrections, not this file.
from collections.abc import Awaitable
from typing import Any

class AsyncCommandsParser:
    async def initialize(self, *args, **kwargs) -> None: ...
    async def get_keys(self, *args, **kwargs) -> tuple[str, ...] | None: ...
    async def get_command_policies(self, *args, **kwargs) -> Awaitable[dict[str, dict[str, Any]]]: ...

class CommandsParser:
    initialize: Any  # differs: 8.1.0 def; 7.4.1 def; 6.4.0 def; 5.0.8 def; 4.5.5 async def
    get_keys: Any  # differs: 8.1.0 def; 7.4.1 def; 6.4.0 def; 5.0.8 def; 4.5.5 async def

def __getattr__(name: str) -> Any: ...
