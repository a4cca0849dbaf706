# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._response import APIResponse, AsyncAPIResponse
from httpx2._models import Response
from typing import Any, TypeVar

ResponseT = TypeVar("ResponseT", bound="object | str | None | Any | list[Any] | dict[str, Any] | Response | APIResponse[Any] | AsyncAPIResponse[Any]")

def __getattr__(name: str) -> Any: ...
