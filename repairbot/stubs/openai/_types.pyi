# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from httpx2._models import Response
from openai._legacy_response import HttpxBinaryResponseContent
from openai._response import APIResponse, AsyncAPIResponse
from typing import Any, TypeVar

ModelT = TypeVar("ModelT")

ResponseT = TypeVar("ResponseT", bound="object | str | None | Any | list[Any] | dict[str, Any] | Response | APIResponse[Any] | AsyncAPIResponse[Any] | HttpxBinaryResponseContent")

def __getattr__(name: str) -> Any: ...
