# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from collections.abc import Awaitable, Callable
from openai._base_client import AsyncPaginator
from openai._legacy_response import LegacyAPIResponse
from openai._response import APIResponse, AsyncAPIResponse, AsyncResponseContextManager, ResponseContextManager
from openai.pagination import AsyncConversationCursorPage, AsyncPage, SyncConversationCursorPage, SyncPage
from typing import Any

class AsyncPermissions:
    @property
    def with_raw_response(self) -> AsyncPermissionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncPermissionsWithStreamingResponse: ...
    def create(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncPage[Any]]: ...
    def list(self, *args, **kwargs) -> AsyncPaginator[Any, AsyncConversationCursorPage[Any]]: ...

class AsyncPermissionsWithRawResponse:
    create: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    retrieve: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    list: Callable[..., Awaitable[LegacyAPIResponse[Any]]]
    delete: Callable[..., Awaitable[LegacyAPIResponse[Any]]]

class AsyncPermissionsWithStreamingResponse:
    create: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    retrieve: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    list: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]
    delete: Callable[..., AsyncResponseContextManager[AsyncAPIResponse[Any]]]

class Permissions:
    @property
    def with_raw_response(self) -> PermissionsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> PermissionsWithStreamingResponse: ...
    def create(self, *args, **kwargs) -> SyncPage[Any]: ...
    def list(self, *args, **kwargs) -> SyncConversationCursorPage[Any]: ...

class PermissionsWithRawResponse:
    create: Callable[..., LegacyAPIResponse[Any]]
    retrieve: Callable[..., LegacyAPIResponse[Any]]
    list: Callable[..., LegacyAPIResponse[Any]]
    delete: Callable[..., LegacyAPIResponse[Any]]

class PermissionsWithStreamingResponse:
    create: Callable[..., ResponseContextManager[APIResponse[Any]]]
    retrieve: Callable[..., ResponseContextManager[APIResponse[Any]]]
    list: Callable[..., ResponseContextManager[APIResponse[Any]]]
    delete: Callable[..., ResponseContextManager[APIResponse[Any]]]

def __getattr__(name: str) -> Any: ...
