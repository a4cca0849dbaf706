# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from aiohttp.payload import Payload
from typing import Any

class FormData:
    def __call__(self, *args, **kwargs) -> Payload: ...

def __getattr__(name: str) -> Any: ...
