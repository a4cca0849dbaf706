# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.staticfiles import StaticFiles as StaticFiles
from typing import Any

def __getattr__(name: str) -> Any: ...
