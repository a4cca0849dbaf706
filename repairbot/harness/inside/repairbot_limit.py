"""Pytest plugin: a test phase longer than `REPAIRBOT_TEST_SECONDS` fails with `TIMED_OUT`, and the rest still runs.

For targets without pytest-timeout. Works by SIGALRM, so it stands back where somebody else uses that signal.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

import pytest

TIMED_OUT = "repairbot stopped this test: it took longer than"

SECONDS = float(os.environ.get("REPAIRBOT_TEST_SECONDS", "0"))


def limited() -> Any:
    """Around one phase, not around the whole test: there pytest catches what `stop` raises."""
    if not usable():
        yield
        return
    signal.signal(signal.SIGALRM, stop)
    # Again and again: a test may swallow the first one.
    signal.setitimer(signal.ITIMER_REAL, SECONDS, SECONDS)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGALRM) is stop:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)


def usable() -> bool:
    return (
        SECONDS > 0
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )


def stop(_signal: int, _frame: Any) -> None:
    pytest.fail(f"{TIMED_OUT} {SECONDS:g} s")


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_setup(item: Any) -> Any:
    yield from limited()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_call(item: Any) -> Any:
    yield from limited()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: Any) -> Any:
    yield from limited()
