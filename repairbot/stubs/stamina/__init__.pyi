# Written by `python -m repairbot.stubs.generate stamina`: change its pins or corrections, not this file.
from stamina import instrumentation as instrumentation
from stamina._config import set_testing as set_testing
from stamina._core import (
    AsyncRetryingCaller as AsyncRetryingCaller,
    Attempt as Attempt,
    BoundAsyncRetryingCaller as BoundAsyncRetryingCaller,
    BoundRetryingCaller as BoundRetryingCaller,
    RetryingCaller as RetryingCaller,
    retry as retry,
    retry_context as retry_context,
)
from typing import Any

def __getattr__(name: str) -> Any: ...
