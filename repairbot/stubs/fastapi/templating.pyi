# Written by `python -m repairbot.stubs.generate fastapi`: change its pins or corrections, not this file.
from starlette.templating import Jinja2Templates as Jinja2Templates
from typing import Any

def __getattr__(name: str) -> Any: ...
