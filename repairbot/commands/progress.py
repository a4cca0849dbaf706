"""A progress bar on stderr for scans that take long enough to wonder about."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from repairbot.commands.output import is_terminal

_PATIENCE = 1.0  # seconds

Tick = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


@contextmanager
def progress(quiet: bool) -> Iterator[Tick | None]:
    """What to call after each file: None when nobody watches."""
    if quiet or not is_terminal(sys.stderr, os.environ):
        yield None
        return
    with ExitStack() as stack:
        yield _ticking(stack)


def _ticking(stack: ExitStack) -> Tick:
    begun = time.monotonic()
    bar: Tick | None = None

    def tick(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - begun > _PATIENCE:
            bar = _bar(stack, total)
        if bar is not None:
            bar(done, total)

    return tick


def _bar(stack: ExitStack, total: int) -> Tick:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("scanning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = shown.add_task("", total=total)
    return lambda done, of: shown.update(task, completed=done, total=of)
