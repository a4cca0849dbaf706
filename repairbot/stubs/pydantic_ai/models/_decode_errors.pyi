# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

_ResponseT = TypeVar("_ResponseT")

def check_json_response(model_name, response: _ResponseT, **kwargs) -> _ResponseT: ...

@contextmanager
def map_decode_errors(*args, **kwargs) -> Iterator[None]: ...

def __getattr__(name: str) -> Any: ...
