# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.testclient import TestClient as TestClient
from typing import Any

def __getattr__(name: str) -> Any: ...
