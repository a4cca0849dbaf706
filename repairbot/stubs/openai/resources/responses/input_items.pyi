# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncCursorPage, SyncCursorPage
from typing import Any

class AsyncInputItems:
    @property
    def with_raw_response(self) -> AsyncInputItemsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncInputItemsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncCursorPage[Any]]: ...

class AsyncInputItemsWithRawResponse:
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncInputItemsWithStreamingResponse:
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class InputItems:
    @property
    def with_raw_response(self) -> InputItemsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> InputItemsWithStreamingResponse: ...
    def list(self, *args, **kwargs) -> SyncCursorPage[Any]: ...

class InputItemsWithRawResponse:
    list: Callable[..., LegacyAPIResponse[Any]]

class InputItemsWithStreamingResponse:
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
