# Written by `python -m repairbot.stubs.generate openai`: change its pins or corrections, not this file.
from openai.resources.fine_tuning.alpha.graders import (
    AsyncGraders,
    AsyncGradersWithRawResponse,
    AsyncGradersWithStreamingResponse,
    Graders,
    GradersWithRawResponse,
    GradersWithStreamingResponse,
)
from typing import Any

class Alpha:
    @property
    def graders(self) -> Graders: ...
    @property
    def with_raw_response(self) -> AlphaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AlphaWithStreamingResponse: ...

class AlphaWithRawResponse:
    @property
    def graders(self) -> GradersWithRawResponse: ...

class AlphaWithStreamingResponse:
    @property
    def graders(self) -> GradersWithStreamingResponse: ...

class AsyncAlpha:
    @property
    def graders(self) -> AsyncGraders: ...
    @property
    def with_raw_response(self) -> AsyncAlphaWithRawResponse: ...
    @property
    def with_streaming_response(self) -> AsyncAlphaWithStreamingResponse: ...

class AsyncAlphaWithRawResponse:
    @property
    def graders(self) -> AsyncGradersWithRawResponse: ...

class AsyncAlphaWithStreamingResponse:
    @property
    def graders(self) -> AsyncGradersWithStreamingResponse: ...

def __getattr__(name: str) -> Any: ...
