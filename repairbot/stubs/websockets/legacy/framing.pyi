# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from typing import Any
from websockets.frames import Frame as _Frame

class Frame(tuple[Any, ...]):
    @property
    def new_frame(self) -> _Frame: ...
    @classmethod
    async def read(cls, *args, **kwargs) -> Frame: ...

def __getattr__(name: str) -> Any: ...
