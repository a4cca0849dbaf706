# Written by `python -m repairbot.stubs.generate psycopg`: change its pins or corrections, not this file.
from psycopg._copy import Copy as Copy, LibpqWriter as LibpqWriter, QueuedLibpqWriter as QueuedLibpqWriter
from psycopg._copy_async import (
    AsyncCopy as AsyncCopy,
    AsyncLibpqWriter as AsyncLibpqWriter,
    AsyncQueuedLibpqWriter as AsyncQueuedLibpqWriter,
    AsyncWriter as AsyncWriter,
)
from psycopg._copy_base import BaseCopy as BaseCopy, Formatter as Formatter
from typing import Any

class BinaryFormatter(Formatter): ...

class TextFormatter(Formatter): ...

def __getattr__(name: str) -> Any: ...
