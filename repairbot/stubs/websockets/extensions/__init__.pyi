# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any
from websockets.extensions.base import (
    ClientExtensionFactory as ClientExtensionFactory,
    Extension as Extension,
    ServerExtensionFactory as ServerExtensionFactory,
)

def __getattr__(name: str) -> Any: ...
