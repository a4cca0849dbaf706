# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.middleware.trustedhost import TrustedHostMiddleware as TrustedHostMiddleware
from typing import Any

def __getattr__(name: str) -> Any: ...
