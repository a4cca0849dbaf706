# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncAPIClient, BaseClient, SyncAPIClient
from anthropic._streaming import AsyncStream, Stream
from anthropic.resources.beta.messages.messages import AsyncMessages, Messages
from anthropic.resources.messages.messages import AsyncMessages as _AsyncMessages, Messages as _Messages
from httpx2._client import AsyncClient, Client
from typing import Any, Self, TypeVar

_DefaultStreamT = TypeVar("_DefaultStreamT", bound="Stream[Any] | AsyncStream[Any]")

_HttpxClientT = TypeVar("_HttpxClientT", bound="Client | AsyncClient")

class BaseMantleClient(BaseClient[_HttpxClientT, _DefaultStreamT]): ...

class AnthropicBedrockMantle(BaseMantleClient[Client, Stream[Any]], SyncAPIClient):
    messages: _Messages
    beta: MantleBeta
    def copy(self, *args, **kwargs) -> Self: ...
    def with_options(self, *args, **kwargs) -> Self: ...
    def with_middleware(self, *args, **kwargs) -> Self: ...

class AsyncAnthropicBedrockMantle(BaseMantleClient[AsyncClient, AsyncStream[Any]], AsyncAPIClient):
    messages: _AsyncMessages
    beta: AsyncMantleBeta
    def copy(self, *args, **kwargs) -> Self: ...
    def with_options(self, *args, **kwargs) -> Self: ...
    def with_middleware(self, *args, **kwargs) -> Self: ...

class AsyncMantleBeta:
    @property
    def messages(self) -> AsyncMessages: ...

class MantleBeta:
    @property
    def messages(self) -> Messages: ...

def __getattr__(name: str) -> Any: ...
