# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.client.session import ClientRequestContext as ClientRequestContext
from typing import Any

def __getattr__(name: str) -> Any: ...
