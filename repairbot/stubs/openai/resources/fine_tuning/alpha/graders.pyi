# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from typing import Any

class AsyncGraders:
    @property
    def with_raw_response(self) -> AsyncGradersWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncGradersWithStreamingResponse: ...

class AsyncGradersWithRawResponse:
    run: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    validate: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncGradersWithStreamingResponse:
    run: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    validate: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Graders:
    @property
    def with_raw_response(self) -> GradersWithRawResponse: ...
    @property
    def with_streaming_response(self) -> GradersWithStreamingResponse: ...

class GradersWithRawResponse:
    run: Callable[..., LegacyAPIResponse[Any]]
    validate: Callable[..., LegacyAPIResponse[Any]]

class GradersWithStreamingResponse:
    run: Callable[..., ResponseContextManager[APIResponse[Any]]]
    validate: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
