# Written by `python -m repairbot.stubs.generate anthropic`: change its pins or corrections, not this file.
from anthropic._client import (
    Anthropic as Anthropic,
    Anthropic as Client,
    AsyncAnthropic as AsyncAnthropic,
    AsyncAnthropic as AsyncClient,
)
from anthropic._response import APIResponse as APIResponse, AsyncAPIResponse as AsyncAPIResponse
from anthropic._streaming import AsyncStream as AsyncStream, Stream as Stream
from anthropic.lib.bedrock._client import (
    AnthropicBedrock as AnthropicBedrock,
    AsyncAnthropicBedrock as AsyncAnthropicBedrock,
)
from anthropic.lib.bedrock._mantle import (
    AnthropicBedrockMantle as AnthropicBedrockMantle,
    AsyncAnthropicBedrockMantle as AsyncAnthropicBedrockMantle,
)
from anthropic.lib.streaming._beta_messages import (
    BetaAsyncMessageStream as BetaAsyncMessageStream,
    BetaAsyncMessageStreamManager as BetaAsyncMessageStreamManager,
    BetaMessageStream as BetaMessageStream,
    BetaMessageStreamManager as BetaMessageStreamManager,
)
from anthropic.lib.streaming._messages import (
    AsyncMessageStream as AsyncMessageStream,
    AsyncMessageStreamManager as AsyncMessageStreamManager,
    MessageStream as MessageStream,
    MessageStreamManager as MessageStreamManager,
)
from anthropic.lib.vertex._client import (
    AnthropicVertex as AnthropicVertex,
    AsyncAnthropicVertex as AsyncAnthropicVertex,
)
from httpx._transports.base import BaseTransport as Transport
from httpx2._client import (
    AsyncClient as DefaultAioHttpClient,
    AsyncClient as DefaultAsyncHttpxClient,
    Client as DefaultHttpxClient,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
