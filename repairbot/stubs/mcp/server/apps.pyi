# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Callable, Sequence
from mcp.server.extension import Extension, ResourceBinding
from typing import Any, TypeVar

_CallableT = TypeVar("_CallableT", bound="Callable[..., Any]")

class Apps(Extension):
    def tool(self, *args, **kwargs) -> Callable[[_CallableT], _CallableT]: ...
    def resources(self, *args, **kwargs) -> Sequence[ResourceBinding]: ...

def __getattr__(name: str) -> Any: ...
