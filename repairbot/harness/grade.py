"""How much the evidence for one fix amounts to: A to E, with the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from repairbot.harness.suite.compare import Comparison, Judged, Verdict
from repairbot.harness.suite.runs import Hit, SuiteRun


class Level(StrEnum):
    """Strongest first. The meaning of each is what `grade` checks."""

    A = "A"  # failing tests pass, again and again, and failed at the repaired line itself
    B = "B"  # passing tests execute the repaired line, and no test got worse
    C = "C"  # no passing test executes it; the fault was shown with the real object, and no test got worse
    D = "D"  # the fault was shown to happen, but the suite cannot say that nothing else changed
    E = "E"  # read from the source only


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of one file that a fix changes, as they are numbered on one side."""

    path: str
    lines: frozenset[int]

    def holds(self, path: str | None, line: int | None) -> bool:
        return path == self.path and line in self.lines


@dataclass(frozen=True, slots=True)
class Measured:
    """What running the tests gave: both full runs, what became of each test, and whether all tests were asked for."""

    before: SuiteRun
    after: SuiteRun
    comparison: Comparison
    whole: bool


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """The tests could not be run, and why, as a clause."""

    reason: str


@dataclass(frozen=True, slots=True)
class Grade:
    level: Level
    reason: str
    fixed: tuple[str, ...] = ()  # tests that failed at the place before and pass now
    executing: tuple[str, ...] = ()  # tests that execute the place after the change


def grade(before: Place, after: Place, measured: Measured | Unmeasured, *, proven: bool) -> Grade:
    """Grade one fix; `before` and `after` are its lines on each side, `proven` that the probe showed its fault."""
    shown = "The real object was shown to raise the error" if proven else ""
    if isinstance(measured, Unmeasured):
        level = Level.D if proven else Level.E
        return Grade(
            level, _sentences(shown or "Read from the source only", f"the tests were not run: {measured.reason}")
        )
    fixed = tuple(judged.id for judged in measured.comparison.having(Verdict.FIXED) if _failed_at(judged, before))
    executing = _executing(measured.after.hits, after)
    problem = _problem(measured)
    if problem is not None:
        seen = _fixed_text(fixed) if fixed else shown
        return Grade(
            Level.D if seen else Level.E, _sentences(seen or "Read from the source only", problem), fixed, executing
        )
    if fixed and not _mostly_red(measured.after):
        return Grade(Level.A, _sentences(_fixed_text(fixed), _calm(measured)), fixed, executing)
    green = _green_now(measured.comparison, executing)
    if green and not _mostly_red(measured.after):
        text = "1 test that passes executes" if len(green) == 1 else f"{len(green)} tests that pass execute"
        text += " the repaired line"
        return Grade(Level.B, _sentences(text, _calm(measured)), fixed, executing)
    return _unexecuted(shown, measured, fixed, executing)


def _unexecuted(shown: str, measured: Measured, fixed: tuple[str, ...], executing: tuple[str, ...]) -> Grade:
    if _mostly_red(measured.after):
        limit = "more than half of the tests fail with the change as well"
    elif executing:
        limit = "every test that executes the repaired line fails before and after"
    else:
        limit = "no test executes the repaired line"
    if not shown:
        return Grade(Level.E, _sentences("Read from the source only", limit), fixed, executing)
    if not measured.whole:
        return Grade(Level.D, _sentences(shown, limit, "not all tests were run"), fixed, executing)
    return Grade(Level.C, _sentences(shown, limit, _calm(measured)), fixed, executing)


def _problem(measured: Measured) -> str | None:
    """Why the runs cannot show that nothing got worse."""
    comparison = measured.comparison
    if comparison.incomplete is not None:
        return f"the runs are not complete ({comparison.incomplete})"
    if worse := comparison.regressions:
        expecting = sum(judged.encodes_bug for judged in worse)
        note = f", {expecting} of them because of expecting the fault" if expecting else ""
        return f"{_tests(len(worse))} that passed before {'fails' if len(worse) == 1 else 'fail'} with the change{note}"
    if lost := (*comparison.having(Verdict.GONE), *comparison.having(Verdict.NOT_COLLECTED)):
        return f"{_tests(len(lost))} that ran before {'is' if len(lost) == 1 else 'are'} gone with the change"
    return None


def _failed_at(judged: Judged, place: Place) -> bool:
    repeated = len(judged.sample.before) > 1 and len(judged.sample.after) > 1
    raised = judged.before.raised if judged.before is not None else ()
    return repeated and any(place.holds(error.path, error.line) for error in raised)


def _executing(hits: Sequence[Hit], place: Place) -> tuple[str, ...]:
    return tuple(sorted({hit.test for hit in hits if hit.test and place.holds(hit.path, hit.line)}))


def _green_now(comparison: Comparison, tests: Sequence[str]) -> tuple[str, ...]:
    wanted = {Verdict.FIXED, Verdict.STILL_PASSING}
    verdicts = {judged.id: judged.verdict for judged in comparison.judged}
    return tuple(test for test in tests if verdicts.get(test) in wanted)


def _mostly_red(run: SuiteRun) -> bool:
    """Looked at with the change: without it, every test that meets the fault is red, and that says nothing."""
    return sum(case.outcome.red for case in run.cases) * 2 > len(run.cases)


def _fixed_text(fixed: Sequence[str]) -> str:
    if len(fixed) == 1:
        return "1 test failed at the repaired line and passes now, each time it was run"
    return f"{len(fixed)} tests failed at the repaired line and pass now, each time they were run"


def _calm(measured: Measured) -> str:
    if not measured.whole:
        return f"none of the {len(measured.after.cases)} tests that can reach the changed files got worse"
    if measured.after.uncollected:
        return f"none of the {len(measured.after.cases)} tests that can be collected got worse"
    return f"none of the suite's {len(measured.after.cases)} tests got worse"


def _tests(number: int) -> str:
    return "1 test" if number == 1 else f"{number} tests"


def _sentences(*clauses: str) -> str:
    return "; ".join(clause for clause in clauses if clause) + "."
