# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from pathlib import Path
from typing import Any

def safe_join(*args, **kwargs) -> Path: ...

def __getattr__(name: str) -> Any: ...
