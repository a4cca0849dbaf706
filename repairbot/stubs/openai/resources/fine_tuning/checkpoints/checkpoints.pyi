# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.fine_tuning.checkpoints.permissions import (
    AsyncPermissions,
    AsyncPermissionsWithRawResponse,
    AsyncPermissionsWithStreamingResponse,
    Permissions,
    PermissionsWithRawResponse,
    PermissionsWithStreamingResponse,
)
from typing import Any

class AsyncCheckpoints:
    @property
    def permissions(self) -> AsyncPermissions: ...
    @property
    def with_raw_response(self) -> AsyncCheckpointsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncCheckpointsWithStreamingResponse: ...

class AsyncCheckpointsWithRawResponse:
    @property
    def permissions(self) -> AsyncPermissionsWithRawResponse: ...

class AsyncCheckpointsWithStreamingResponse:
    @property
    def permissions(self) -> AsyncPermissionsWithStreamingResponse: ...

class Checkpoints:
    @property
    def permissions(self) -> Permissions: ...
    @property
    def with_raw_response(self) -> CheckpointsWithRawResponse: ...
    @property
    def with_streaming_response(self) -> CheckpointsWithStreamingResponse: ...

class CheckpointsWithRawResponse:
    @property
    def permissions(self) -> PermissionsWithRawResponse: ...

class CheckpointsWithStreamingResponse:
    @property
    def permissions(self) -> PermissionsWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
