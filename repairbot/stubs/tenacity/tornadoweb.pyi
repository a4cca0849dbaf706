# Written by `python -m repairbot.stubs.generate tenacity`: change its pins or corrections, not this file.
from tenacity import BaseRetrying
from typing import Any

class TornadoRetrying(BaseRetrying):
    __call__: Any

def __getattr__(name: str) -> Any: ...
