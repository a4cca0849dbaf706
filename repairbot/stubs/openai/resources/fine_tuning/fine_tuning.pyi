# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.fine_tuning.alpha.alpha import (
    Alpha,
    AlphaWithRawResponse,
    AlphaWithStreamingResponse,
    AsyncAlpha,
    AsyncAlphaWithRawResponse,
    AsyncAlphaWithStreamingResponse,
)
from openai.resources.fine_tuning.checkpoints.checkpoints import (
    AsyncCheckpoints,
    AsyncCheckpointsWithRawResponse,
    AsyncCheckpointsWithStreamingResponse,
    Checkpoints,
    CheckpointsWithRawResponse,
    CheckpointsWithStreamingResponse,
)
from openai.resources.fine_tuning.jobs.jobs import (
    AsyncJobs,
    AsyncJobsWithRawResponse,
    AsyncJobsWithStreamingResponse,
    Jobs,
    JobsWithRawResponse,
    JobsWithStreamingResponse,
)
from typing import Any

class AsyncFineTuning:
    @property
    def jobs(self) -> AsyncJobs: ...
    @property
    def checkpoints(self) -> AsyncCheckpoints: ...
    @property
    def alpha(self) -> AsyncAlpha: ...
    @property
    def with_raw_response(self) -> AsyncFineTuningWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncFineTuningWithStreamingResponse: ...

class AsyncFineTuningWithRawResponse:
    @property
    def jobs(self) -> AsyncJobsWithRawResponse: ...
    @property
    def checkpoints(self) -> AsyncCheckpointsWithRawResponse: ...
    @property
    def alpha(self) -> AsyncAlphaWithRawResponse: ...

class AsyncFineTuningWithStreamingResponse:
    @property
    def jobs(self) -> AsyncJobsWithStreamingResponse: ...
    @property
    def checkpoints(self) -> AsyncCheckpointsWithStreamingResponse: ...
    @property
    def alpha(self) -> AsyncAlphaWithStreamingResponse: ...

class FineTuning:
    @property
    def jobs(self) -> Jobs: ...
    @property
    def checkpoints(self) -> Checkpoints: ...
    @property
    def alpha(self) -> Alpha: ...
    @property
    def with_raw_response(self) -> FineTuningWithRawResponse: ...
    @property
    def with_streaming_response(self) -> FineTuningWithStreamingResponse: ...

class FineTuningWithRawResponse:
    @property
    def jobs(self) -> JobsWithRawResponse: ...
    @property
    def checkpoints(self) -> CheckpointsWithRawResponse: ...
    @property
    def alpha(self) -> AlphaWithRawResponse: ...

class FineTuningWithStreamingResponse:
    @property
    def jobs(self) -> JobsWithStreamingResponse: ...
    @property
    def checkpoints(self) -> CheckpointsWithStreamingResponse: ...
    @property
    def alpha(self) -> AlphaWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
