"""The screening of many files, in several processes when that pays: which files hold faults, what is in doubt."""

from __future__ import annotations

import ast
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from repairbot.model import Skipped, Undecided
from repairbot.repair.contract import Doubt, Fault, Rule
from repairbot.repair.inquiry import Inquiry
from repairbot.repair.screen import Crash, FileScreen, Task, screen_file
from repairbot.rules.registry import all_rules
from repairbot.source.snapshot import Snapshot

# Below this many files another process costs more than it saves (measured: a start takes as long as about 40 files).
WORTH_SHARING = 80
_BATCH = 8

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one file came to, without the trees that a Fault holds: those who plan judge it again."""

    path: str
    sites: int = 0
    has_fault: bool = False
    undecided: tuple[Undecided, ...] = ()
    skipped: Skipped | None = None
    crash: Crash | None = None


def sweep(
    inquiry: Inquiry, tasks: Sequence[Task], rules: Sequence[Rule], jobs: int | None, tick: Tick | None = None
) -> list[Sweep]:
    """Screen files; the order is that of `tasks`."""
    workers = min(jobs or os.cpu_count() or 1, len(tasks) // (WORTH_SHARING // 2) or 1)
    if workers <= 1 or (jobs is None and len(tasks) < WORTH_SHARING):
        found = _alone(inquiry, tasks, rules)
    else:
        found = _shared(inquiry.snapshot, tasks, rules, workers)
    done = []
    for number, one in enumerate(found, start=1):
        done.append(one)
        if tick is not None:
            tick(number, len(tasks))
    return done


def _alone(inquiry: Inquiry, tasks: Sequence[Task], rules: Sequence[Rule]) -> Iterator[Sweep]:
    for task in tasks:
        yield summed_up(screen_file(inquiry, task, rules))


def _shared(snapshot: Snapshot, tasks: Sequence[Task], rules: Sequence[Rule], workers: int) -> Iterator[Sweep]:
    codes = tuple(rule.code for rule in rules)
    batches = [tuple(tasks[start : start + _BATCH]) for start in range(0, len(tasks), _BATCH)]
    # Not `fork`: a progress display may have started a thread by now.
    context = multiprocessing.get_context("spawn")
    with _left_alone():
        pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(snapshot, codes))
        found = pool.map(_swept, batches)
    with pool:
        try:
            for batch in found:
                yield from batch
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()  # else the interrupted user waits for the batches under way
            raise


@contextmanager
def _left_alone() -> Iterator[None]:
    """Processes started in here import nothing from the current directory and do not hear Ctrl-C, their parent does."""
    os.environ["PYTHONSAFEPATH"] = "1"  # a spawned Python begins as `python -c`, which looks in the directory first
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: tuple[Inquiry, tuple[Rule, ...]] | None = None


def _begin(snapshot: Snapshot, codes: tuple[str, ...]) -> None:
    gc.disable()  # as cli.main does
    global _work  # noqa: PLW0603 - a worker process keeps its snapshot between batches
    _work = Inquiry(snapshot), rules_called(codes)


def _swept(tasks: tuple[Task, ...]) -> list[Sweep]:
    assert _work is not None
    inquiry, rules = _work
    return list(_alone(inquiry, tasks, rules))


@cache
def rules_called(codes: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if rule.code in codes)


def summed_up(screen: FileScreen) -> Sweep:
    """The part of a screen that may leave the process it was made in."""
    return Sweep(
        screen.path,
        len(screen.judged),
        any(isinstance(one.verdict, Fault) for one in screen.judged),
        tuple(_undecided(screen)),
        screen.skipped,
        screen.crash,
    )


def _undecided(screen: FileScreen) -> Iterator[Undecided]:
    for one in screen.judged:
        match one.verdict:
            case Doubt(reason=reason, evidence=evidence):
                site = one.site
                text = " ".join(ast.unparse(site.expression).split())
                yield Undecided(site.rule, screen.path, site.region, text, reason, evidence)
            case _:
                continue
