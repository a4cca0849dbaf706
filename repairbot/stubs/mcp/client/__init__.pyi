# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from mcp.client._transport import Transport as Transport
from mcp.client.caching import (
    CacheConfig as CacheConfig,
    InMemoryResponseCacheStore as InMemoryResponseCacheStore,
    ResponseCacheStore as ResponseCacheStore,
)
from mcp.client.client import Client as Client
from mcp.client.extension import (
    ClaimContext as ClaimContext,
    ClientExtension as ClientExtension,
    NotificationBinding as NotificationBinding,
    ResultClaim as ResultClaim,
    advertise as advertise,
)
from mcp.client.session import ClientRequestContext as ClientRequestContext, ClientSession as ClientSession
from typing import Any

def __getattr__(name: str) -> Any: ...
