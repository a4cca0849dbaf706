# Written by `python -m repairbot.stubs.generate httpx2`: change its pins or corrections, not this file.
from collections.abc import Mapping, Sequence
from httpx2._models import Headers
from httpx2._urls import URL
from typing import Any

class Proxy:
    url: URL | str
    headers: Headers | Mapping[str, str] | Mapping[bytes, bytes] | Sequence[tuple[str, str]] | Sequence[tuple[bytes, bytes]] | None

def __getattr__(name: str) -> Any: ...
