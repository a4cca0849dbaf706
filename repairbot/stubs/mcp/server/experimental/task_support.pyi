# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from mcp.server.experimental.task_result_handler import TaskResultHandler
from mcp.shared.experimental.tasks.message_queue import TaskMessageQueue
from mcp.shared.experimental.tasks.store import TaskStore
from typing import Any

class TaskSupport:
    store: TaskStore
    queue: TaskMessageQueue
    handler: TaskResultHandler
    @asynccontextmanager
    def run(self, *args, **kwargs) -> AsyncIterator[None]: ...
    @classmethod
    def in_memory(cls, *args, **kwargs) -> TaskSupport: ...

def __getattr__(name: str) -> Any: ...
