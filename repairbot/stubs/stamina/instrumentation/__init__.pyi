# Written by `python -m repairbot.stubs.generate stamina`: change its pins or corrections, not this file.
from stamina.instrumentation._data import RetryHook as RetryHook, RetryHookFactory as RetryHookFactory
from stamina.instrumentation._hooks import get_on_retry_hooks as get_on_retry_hooks
from stamina.instrumentation._logging import LoggingOnRetryHook as LoggingOnRetryHook
from stamina.instrumentation._prometheus import PrometheusOnRetryHook as PrometheusOnRetryHook
from stamina.instrumentation._structlog import StructlogOnRetryHook as StructlogOnRetryHook
from typing import Any

def __getattr__(name: str) -> Any: ...
