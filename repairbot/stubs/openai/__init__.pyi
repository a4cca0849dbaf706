# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from httpx2._client import (
    AsyncClient as DefaultAioHttpClient,
    AsyncClient as DefaultAsyncHttpxClient,
    Client as DefaultHttpxClient,
)
from httpx2._transports.base import BaseTransport as Transport
from openai._client import AsyncOpenAI as AsyncClient, AsyncOpenAI as AsyncOpenAI, OpenAI as Client, OpenAI as OpenAI
from openai._legacy_response import HttpxBinaryResponseContent as HttpxBinaryResponseContent
from openai._response import APIResponse as APIResponse, AsyncAPIResponse as AsyncAPIResponse
from openai._streaming import AsyncStream as AsyncStream, Stream as Stream
from openai.lib.azure import AsyncAzureOpenAI as AsyncAzureOpenAI, AzureOpenAI as AzureOpenAI
from openai.lib.streaming._assistants import (
    AssistantEventHandler as AssistantEventHandler,
    AsyncAssistantEventHandler as AsyncAssistantEventHandler,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
