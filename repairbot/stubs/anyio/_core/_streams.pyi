# Written by `python -m repairbot.stubs.generate anyio`: change its pins or corrections, not this file.
from typing import Any

create_memory_object_stream: Any  # differs: 4.16.0 ClassDef; 4.6.2.post1 ClassDef; 4.0.0 ClassDef; 3.7.1 overload def

def __getattr__(name: str) -> Any: ...
