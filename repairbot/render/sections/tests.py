"""The target's own tests before and after the change, by identity, and which of them execute the changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.observed import RunEntry, TestEntry, Tests, WrittenTest
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier, mended
from repairbot.render.terminal.text import counted

# What a reader must see first; tests that pass on both sides are only counted.
_ORDER = ("regressed", "gone", "not collected", "fixed", "flaky", "timed out", "new", "not run", "still failing")
_ALARMING = ("regressed", "gone", "not collected")
_KINDS = 12  # of outcomes and verdicts; there are fewer, unless somebody made them up
_RED = ("failed", "error", "crashed", "timed out")


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The tests of which the change made the same."""

    name: str
    count: int
    alarming: bool
    tests: Listed[TestEntry]


@dataclass(frozen=True, slots=True)
class Executing:
    """Which tests run the changed lines of some places; None where nobody watched.

    `fixed`: they are the very tests that the change fixes. `unknown` is why nobody knows that no test does.
    """

    places: Listed[str]
    tests: Listed[str] | None
    fixed: bool
    unknown: str = ""

    @property
    def never(self) -> bool:
        return self.tests is not None and not self.tests and not self.unknown


@dataclass(frozen=True, slots=True)
class Tested:
    """`untested` says why there is nothing else; `baseline` how red the suite was before anything was changed."""

    untested: str
    baseline: str
    outcomes: tuple[Outcome, ...]
    verdicts: tuple[Verdict, ...]
    executing: Listed[Executing]
    remarks: Listed[str]
    written: WrittenTest | None


def tested(document: EvidenceDocument, found: Sequence[Dossier], detail: Detail) -> Tested | None:
    runs = document.runs
    if runs.tests is None:
        return _untested(runs.untested, runs.written_test) if runs.untested or runs.written_test else None
    return Tested(
        untested="",
        baseline=baseline(runs.tests),
        outcomes=tuple(islice(_outcomes(runs.tests), _KINDS)),
        verdicts=tuple(islice(_verdicts(runs.tests, detail), _KINDS)),
        executing=first(max(detail.proofs, min(1, detail.tests)), _executing(runs.tests, mended(found), detail)),
        remarks=first(max(2, detail.environment), _remarks(runs.tests)),
        written=runs.written_test,
    )


def _untested(reason: str | None, written: WrittenTest | None) -> Tested:
    return Tested(reason or "no reason was recorded", "", (), (), Listed((), 0), Listed((), 0), written)


def red(run: RunEntry) -> int:
    return sum(run.outcomes.get(name, 0) for name in _RED)


def total(run: RunEntry) -> int:
    return sum(run.outcomes.values())


def baseline(tests: Tests) -> str:
    """How red the suite is without the change."""
    return f"{red(tests.before):,} of {counted(total(tests.before), 'test')} failed before the change"


def alarms(tests: Tests | None) -> int:
    """How many tests got worse."""
    return sum(tests.verdicts.get(name, 0) for name in _ALARMING) if tests else 0


def _outcomes(tests: Tests) -> Iterator[Outcome]:
    for name in sorted({*tests.before.outcomes, *tests.after.outcomes}, key=lambda one: (one != "passed", one)):
        yield Outcome(name, tests.before.outcomes.get(name, 0), tests.after.outcomes.get(name, 0))


def _verdicts(tests: Tests, detail: Detail) -> Iterator[Verdict]:
    named = [*_ORDER, *sorted(set(tests.verdicts) - set(_ORDER))]
    for name in named:
        count = tests.verdicts.get(name, 0)
        if count:
            cases = [case for case in tests.cases if case.verdict == name] if name in _ORDER else []
            yield Verdict(name, count, name in _ALARMING, first(detail.tests, cases))


def _executing(tests: Tests, repaired: Sequence[Dossier], detail: Detail) -> Iterator[Executing]:
    fixed = {case.id for case in tests.cases if case.verdict == "fixed"}
    by_tests: dict[tuple[tuple[str, ...] | None, str], list[str]] = {}
    for one in repaired:
        if one.lines is not None:
            by_tests.setdefault((one.lines.after, one.lines.unknown or ""), []).append(one.place)
    for (names, unknown), places in sorted(by_tests.items(), key=lambda each: bool(each[0][0])):
        shown = None if names is None else first(detail.tests, names)
        same = bool(names) and set(names or ()) == fixed
        yield Executing(first(max(1, detail.proofs), places), shown, same, unknown)


def _remarks(tests: Tests) -> Iterator[str]:
    if not tests.whole:
        yield "only the tests that can reach the changed files were run"
    if tests.incomplete:
        yield f"the runs are not complete: {tests.incomplete}"
    expecting = sum(case.expects_fault for case in tests.cases)
    if expecting:
        yield f"{counted(expecting, 'test')} {'expects' if expecting == 1 else 'expect'} the failure that is mended"
    yield from tests.notes
