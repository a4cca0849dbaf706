# Written by `python -m repairbot.stubs.generate httpx`: change its pins or corrections, not this file.
from collections.abc import Mapping, Sequence
from httpx._models import Headers
from httpx._urls import URL
from typing import Any

class Proxy:
    url: URL | str
    headers: Headers | Mapping[str, str] | Mapping[bytes, bytes] | Sequence[tuple[str, str]] | Sequence[tuple[bytes, bytes]] | None | dict[str, str] | dict[bytes, bytes]

def __getattr__(name: str) -> Any: ...
