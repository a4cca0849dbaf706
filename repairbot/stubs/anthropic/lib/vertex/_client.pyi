# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncAPIClient, BaseClient, SyncAPIClient
from anthropic._streaming import AsyncStream, Stream
from anthropic.lib.vertex._beta import AsyncBeta, Beta
from anthropic.resources.messages.messages import AsyncMessages, Messages
from httpx2._client import AsyncClient, Client
from typing import Any, Self, TypeVar

_DefaultStreamT = TypeVar("_DefaultStreamT", bound="Stream[Any] | AsyncStream[Any]")

_HttpxClientT = TypeVar("_HttpxClientT", bound="Client | AsyncClient")

class BaseVertexClient(BaseClient[_HttpxClientT, _DefaultStreamT]): ...

class AnthropicVertex(BaseVertexClient[Client, Stream[Any]], SyncAPIClient):
    messages: Messages
    beta: Beta
    def copy(self, *args, **kwargs) -> Self: ...
    def with_options(self, *args, **kwargs) -> Self: ...
    def with_middleware(self, *args, **kwargs) -> Self: ...

class AsyncAnthropicVertex(BaseVertexClient[AsyncClient, AsyncStream[Any]], AsyncAPIClient):
    messages: AsyncMessages
    beta: AsyncBeta
    def copy(self, *args, **kwargs) -> Self: ...
    def with_options(self, *args, **kwargs) -> Self: ...
    def with_middleware(self, *args, **kwargs) -> Self: ...

def __getattr__(name: str) -> Any: ...
