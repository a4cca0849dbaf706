# Written by `python -m repairbot.stubs.generate pydantic_ai`: change its pins or corrections, not this file.
from anthropic._client import AsyncAnthropic
from anthropic.lib.bedrock._client import AsyncAnthropicBedrock
from anthropic.lib.bedrock._mantle import AsyncAnthropicBedrockMantle
from anthropic.lib.vertex._client import AsyncAnthropicVertex
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pydantic_ai._run_context import AgentDepsT, RunContext as RunContext
from pydantic_ai.models import (
    Model as Model,
    ModelRequestContext as ModelRequestContext,
    StreamedResponse as StreamedResponse,
    download_item as download_item,
)
from pydantic_ai.models._decode_errors import (
    check_json_response as check_json_response,
    map_decode_errors as map_decode_errors,
)
from pydantic_ai.models._prompt_cache import (
    excess_cache_points as excess_cache_points,
    split_instruction_cache_points as split_instruction_cache_points,
)
from pydantic_ai.models._sdk_retries import with_max_retries as with_max_retries
from pydantic_ai.models.anthropic._bedrock_count_tokens import count_tokens_via_bedrock as count_tokens_via_bedrock
from pydantic_ai.models.anthropic._errors import map_api_errors as map_api_errors
from pydantic_ai.models.anthropic._streaming import (
    AnthropicEventStream as AnthropicEventStream,
    AnthropicStreamedResponse as AnthropicStreamedResponse,
)
from typing import Any

class AnthropicCompaction:
    def get_model_settings(self, *args, **kwargs) -> Callable[[RunContext[AgentDepsT]], Any]: ...

class AnthropicModel(Model[AsyncAnthropic | AsyncAnthropicBedrock | AsyncAnthropicBedrockMantle | Any | AsyncAnthropicVertex]):  # __aenter__ only in 1.107.10, 2.68.0; __aexit__ only in 1.107.10, 2.68.0
    async def batch_encode(self, *args, **kwargs) -> Any: ...
    async def batch_create(self, *args, **kwargs) -> Any: ...
    async def batch_status(self, *args, **kwargs) -> Any: ...
    async def batch_results(self, *args, **kwargs) -> list[Any]: ...
    async def batch_cancel(self, *args, **kwargs) -> Any: ...
    async def request(self, *args, **kwargs) -> Any: ...
    async def compact_messages(self, *args, **kwargs) -> Any: ...
    async def count_tokens(self, *args, **kwargs) -> Any: ...
    @asynccontextmanager
    def request_stream(self, *args, **kwargs) -> AsyncIterator[StreamedResponse]: ...

def __getattr__(name: str) -> Any: ...
