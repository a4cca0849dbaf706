"""The screening of many files, in several processes when that pays: which files hold faults, what is in doubt."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from repairbot.model import Skipped, Undecided
from repairbot.rule import Fault, Rule
from repairbot.rules.registry import all_rules
from repairbot.scan.judge import Crash, FileScreen, Task, screen_file
from repairbot.scan.queries import Inquiry
from repairbot.source.snapshot import Snapshot

# Below this many files other processes cost more than they save.
WORTH_FORKING = 16
WORTH_SPAWNING = 80
_TURNS = 4

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
    workers = _workers(len(tasks), jobs)
    found = _shared(inquiry.snapshot, tasks, rules, workers) if workers > 1 else _alone(inquiry, tasks, rules)
    done = []
    for number, one in enumerate(found, start=1):
        done.append(one)
        if tick is not None:
            tick(number, len(tasks))
    return done


def _workers(tasks: int, jobs: int | None) -> int:
    if jobs is None and tasks < (WORTH_FORKING if _may_fork() else WORTH_SPAWNING):
        return 1
    return min(jobs or os.cpu_count() or 1, tasks)


def _may_fork() -> bool:
    """A forked worker starts at once and has all that was read so far, but a lock that a thread of ours holds at that
    moment would stay locked in it for ever; on other systems the libraries of the system itself forbid it."""
    return sys.platform == "linux" and threading.active_count() == 1


def _alone(inquiry: Inquiry, tasks: Sequence[Task], rules: Sequence[Rule]) -> Iterator[Sweep]:
    for task in tasks:
        yield summed_up(screen_file(inquiry, task, rules))


def _shared(snapshot: Snapshot, tasks: Sequence[Task], rules: Sequence[Rule], workers: int) -> Iterator[Sweep]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    codes = tuple(rule.code for rule in rules)
    if _may_fork():
        snapshot.outlines.prepare()  # once, rather than in each worker
    context = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    with _left_alone():
        pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(snapshot, codes))
        found = pool.map(_swept, _batches(snapshot, tasks, workers * _TURNS))
    with pool:
        try:
            for batch in found:
                yield from batch
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()  # else the interrupted user waits for the batches under way
            raise


def _batches(snapshot: Snapshot, tasks: Sequence[Task], count: int) -> list[tuple[Task, ...]]:
    """Neighbours together, because they lead to the same definitions; of about the same size in bytes."""
    sizes = [_size(snapshot, task.path) for task in tasks]
    limit = sum(sizes) / count
    batches: list[list[Task]] = [[]]
    held = 0
    for task, size in zip(tasks, sizes, strict=True):
        if batches[-1] and held + size / 2 > limit * len(batches):
            batches.append([])
        batches[-1].append(task)
        held += size
    return [tuple(batch) for batch in batches]


def _size(snapshot: Snapshot, path: str) -> int:
    try:
        return len(snapshot.read(path))
    except OSError:
        return 0


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
        screen.undecided,
        screen.skipped,
        screen.crash,
    )
