# Written by `python -m repairbot.stubs.generate websockets`: change its pins or corrections, not this file.
from collections.abc import Generator
from typing import Any
from websockets.datastructures import Headers

class Request:
    headers: Headers
    @classmethod
    def parse(cls, *args, **kwargs) -> Generator[None, None, Request]: ...

class Response:
    headers: Headers
    @classmethod
    def parse(cls, *args, **kwargs) -> Generator[None, None, Response]: ...

def parse_headers(*args, **kwargs) -> Generator[None, None, Headers]: ...

def parse_line(*args, **kwargs) -> Generator[None, None, bytes | bytearray] | Generator[None, None, bytes]: ...

def read_body(*args, **kwargs) -> Generator[None, None, bytes | bytearray] | Generator[None, None, bytes]: ...

def __getattr__(name: str) -> Any: ...
