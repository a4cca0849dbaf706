# Written by `python -m repairbot.stubs.generate aiomqtt`: change its pins or corrections, not this file.
from aiomqtt.client import Client as Client, MessagesIterator as MessagesIterator
from typing import Any

def __getattr__(name: str) -> Any: ...
