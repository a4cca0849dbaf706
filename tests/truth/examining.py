"""Examine packages: write them as one project, run it, ask about it, write the fixes, run it again."""

from __future__ import annotations

import itertools
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.truth import product
from tests.truth.judging import Answers, Fault, Judged, Runs, judge
from tests.truth.projects import Case, numbered, write
from tests.truth.running import Runner

TOGETHER = 60
"""So many packages share a project, because each scan that fixes something starts a process."""


def examine(cases: Sequence[Case], runner: Runner) -> list[Judged]:
    """Judge packages, many in one project; none has a name that another has."""
    found: list[Judged] = []
    for start in range(0, len(cases), TOGETHER):
        found += _examine(numbered(cases[start : start + TOGETHER]), runner)
    return found


def _examine(cases: Sequence[Case], runner: Runner) -> list[Judged]:
    """Judge a project; what ends its scan is looked for by halves."""
    try:
        return examine_project(cases, runner)
    except Exception as error:  # noqa: BLE001 - whatever the program under test ends with
        if len(cases) == 1:
            return [Judged(cases[0], (Fault("crash", "scan", f"{type(error).__name__}: {error}"),))]
        middle = len(cases) // 2
        return [*_examine(cases[:middle], runner), *_examine(cases[middle:], runner)]


def examine_alone(case: Case, runner: Runner) -> Judged:
    """Judge one package as it stands, in a project of its own."""
    return _examine([case], runner)[0]


def examine_project(cases: Sequence[Case], runner: Runner) -> list[Judged]:
    with folder() as root:
        write(root, cases)
        before = [runs(root, case, runner) for case in cases]
        answers = asked(root, cases)
        for path, data in answers.scan.changed.items():
            (root / path).write_bytes(data)
        after = [runs(root, case, runner) if _changed(case, answers) else None for case in cases]
        return [judge(case, answers, one, two) for case, one, two in zip(cases, before, after, strict=True)]


@contextmanager
def folder() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="truth-")).resolve()
    try:
        yield root
    finally:
        shutil.rmtree(root)


def asked(root: Path, cases: Sequence[Case]) -> Answers:
    """What `scan .` and `explain` say; the files are asked about in any order."""
    paths = [path for case in cases for path, _ in case.on_disk()]
    random.Random(len(paths)).shuffle(paths)
    return Answers(product.scan(root), product.explain(root, paths))


def _changed(case: Case, answers: Answers) -> bool:
    return any(path.startswith(f"{case.package}/") for path in answers.scan.changed)


def runs(root: Path, case: Case, runner: Runner) -> Runs:
    """A package's runs with every setting of its flags, or of some of them when they are many."""
    settings = [dict(zip(case.flags, values, strict=True)) for values in _values(len(case.flags))]
    return [runner.runs(root, case.package, flags) for flags in settings]


def _values(count: int) -> list[tuple[bool, ...]]:
    every = list(itertools.product((False, True), repeat=min(count, 3)))
    return [(*values, *[values[-1]] * (count - len(values))) if values else () for values in every]
