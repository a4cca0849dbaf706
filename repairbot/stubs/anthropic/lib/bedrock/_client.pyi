# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._base_client import AsyncAPIClient, BaseClient, SyncAPIClient
from anthropic._streaming import AsyncStream, Stream
from anthropic.lib.bedrock._beta import AsyncBeta, Beta
from anthropic.resources.completions import AsyncCompletions, Completions
from anthropic.resources.messages.messages import AsyncMessages, Messages
from httpx2._client import AsyncClient, Client
from typing import Any, Self, TypeVar

_DefaultStreamT = TypeVar("_DefaultStreamT", bound="Stream[Any] | AsyncStream[Any]")

_HttpxClientT = TypeVar("_HttpxClientT", bound="Client | AsyncClient")

class BaseBedrockClient(BaseClient[_HttpxClientT, _DefaultStreamT]): ...

class AnthropicBedrock(BaseBedrockClient[Client, Stream[Any]], SyncAPIClient):
    messages: Messages
    beta: Beta
    def copy(self, *args, **kwargs) -> Self: ...
    def with_options(self, *args, **kwargs) -> Self: ...
    def with_middleware(self, *args, **kwargs) -> Self: ...
    completions: Completions

class AsyncAnthropicBedrock(BaseBedrockClient[AsyncClient, AsyncStream[Any]], AsyncAPIClient):
    messages: AsyncMessages
    beta: AsyncBeta
    def copy(self, *args, **kwargs) -> Self: ...
    def with_options(self, *args, **kwargs) -> Self: ...
    def with_middleware(self, *args, **kwargs) -> Self: ...
    completions: AsyncCompletions

def __getattr__(name: str) -> Any: ...
