# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.middleware.wsgi import WSGIMiddleware as WSGIMiddleware
from typing import Any

def __getattr__(name: str) -> Any: ...
