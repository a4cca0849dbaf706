# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.middleware.cors import CORSMiddleware as CORSMiddleware
from typing import Any

def __getattr__(name: str) -> Any: ...
