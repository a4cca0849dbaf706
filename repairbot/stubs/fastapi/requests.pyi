# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.requests import HTTPConnection as HTTPConnection, Request as Request
from typing import Any

def __getattr__(name: str) -> Any: ...
