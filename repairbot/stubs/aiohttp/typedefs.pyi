# Written by `python -m repairbot.stubs.generate aiohttp`: change its pins or corrections, not this file.
from typing import Any

Middleware: Any  # differs: 3.14.5 ClassDef; 3.12.15 ClassDef; 3.11.18 ClassDef; 3.10.11 ClassDef; 3.9.5 AliasDef

def __getattr__(name: str) -> Any: ...
