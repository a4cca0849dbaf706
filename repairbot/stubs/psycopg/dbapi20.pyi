# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg.types.string import BytesBinaryDumper, BytesDumper
from typing import Any

class BinaryBinaryDumper(BytesBinaryDumper):
    def dump(self, *args, **kwargs) -> bytes | bytearray | memoryview | None: ...

class BinaryTextDumper(BytesDumper):
    def dump(self, *args, **kwargs) -> bytes | bytearray | memoryview | None: ...

def __getattr__(name: str) -> Any: ...
