# Written by `python -m repairbot.stubs.generate mcp`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from typing import Any

class ClientMessageMetadata:
    on_resumption_token_update: Callable[..., Awaitable[None]] | None

class ServerMessageMetadata:
    close_sse_stream: Callable[..., Awaitable[None]] | None
    close_standalone_sse_stream: Callable[..., Awaitable[None]] | None
    on_request_unanswered: Callable[..., Awaitable[None]] | None

class SessionMessage:
    metadata: ClientMessageMetadata | ServerMessageMetadata | None

MessageMetadata = ClientMessageMetadata | ServerMessageMetadata | None

def __getattr__(name: str) -> Any: ...
