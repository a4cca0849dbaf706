"""How much the evidence for one fix amounts to: A to E, with the reason, and whether the fix may be published.

The rows of `TABLE` are tried from the top, and the first that fits decides. `repairbot/pages/evidence.md` shows them; a
test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from repairbot.harness.blind_spots import blind_spots
from repairbot.harness.suite.compare import Comparison, Judged, Verdict
from repairbot.harness.suite.runs import Hit, SuiteRun
from repairbot.harness.witness import Witness, WitnessState


class Level(StrEnum):
    """Strongest first. What each takes stands in `TABLE`."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of one file that a fix changes, as they are numbered on one side."""

    path: str
    lines: frozenset[int]

    def holds(self, path: str | None, line: int | None) -> bool:
        return path == self.path and line in self.lines


@dataclass(frozen=True, slots=True)
class Measured:
    """What running the tests gave: both full runs, what became of each test, and whether all tests were asked for.

    `reaching` are the files that can reach the change by importing it; None where that is not known.
    """

    before: SuiteRun
    after: SuiteRun
    comparison: Comparison
    whole: bool
    reaching: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """The tests could not be run, and why, as a clause."""

    reason: str


@dataclass(frozen=True, slots=True)
class Grade:
    """`against` is why the fix must not be published, as a clause; None where nothing speaks against it.

    `unknown` is why nobody knows whether a test executes the place; None where that is known.
    """

    level: Level
    reason: str
    fixed: tuple[str, ...] = ()  # tests that failed at the place before and pass now
    executing: tuple[str, ...] = ()  # tests that execute the place after the change
    still_failing: tuple[str, ...] = ()  # tests that execute the place, or raised there, and fail with the change
    unknown: str | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the level follows from. `shown` says how the fault was shown, and is empty where it was not.

    `problem` is why the runs cannot tell that nothing got worse. `green` are tests that execute the place and pass.
    """

    shown: str
    untested: str | None = None
    problem: str | None = None
    whole: bool = False
    collected: bool = False
    calm: str = ""
    fixed: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()
    green: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    unseen: bool = False
    mostly_red: bool = False
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`level` holds where the fault was shown; where it was not, a row without `alone` gives E.

    `when` is what was seen, for the page; `said` the clauses after how the fault was shown.
    """

    level: Level
    publishable: bool
    when: str
    fits: Callable[[Facts], bool]
    said: Callable[[Facts], tuple[str, ...]]
    alone: bool = False  # needs no proof that the fault is real


TABLE: tuple[Row, ...] = (
    Row(
        Level.D,
        publishable=True,
        when="the tests could not be run",
        fits=lambda facts: facts.untested is not None,
        said=lambda facts: (f"the tests were not run: {facts.untested}",),
    ),
    Row(
        Level.D,
        publishable=False,
        when="a test that executes the line, or raised the error there before, fails with the change",
        fits=lambda facts: bool(facts.failing),
        said=lambda facts: (_failing_text(facts.failing),),
    ),
    Row(
        Level.D,
        publishable=False,
        when="tests execute the line, and what it met before the change could not be watched",
        fits=lambda facts: facts.unseen,
        said=lambda _: ("tests execute the line, and what it met before the change could not be watched",),
    ),
    Row(
        Level.D,
        publishable=True,
        when="a run was cut off, or a test that ran before fails with the change or is gone",
        fits=lambda facts: facts.problem is not None,
        said=lambda facts: (_fixed_text(facts.fixed), facts.problem or ""),
    ),
    Row(
        Level.A,
        publishable=True,
        when=(
            "tests in which the line raised the error failed before and pass now, each time they were run; the whole "
            "suite was run, all of its files could be collected, no test got worse, and at most half of them fail"
        ),
        fits=lambda facts: bool(facts.fixed) and facts.whole and facts.collected and not facts.mostly_red,
        said=lambda facts: (_fixed_text(facts.fixed), facts.calm),
        alone=True,
    ),
    Row(
        Level.B,
        publishable=True,
        when="tests that pass execute the line; no test that was run got worse, and at most half of them fail",
        fits=lambda facts: bool(facts.green) and not facts.mostly_red,
        said=lambda facts: (_fixed_text(facts.fixed) or _green_text(facts.green), facts.calm),
        alone=True,
    ),
    Row(
        Level.D,
        publishable=True,
        when="only the tests that can reach the change were run, and none that passes executes the line",
        fits=lambda facts: not facts.whole,
        said=lambda facts: (_limit(facts), "not all tests were run"),
    ),
    Row(
        Level.D,
        publishable=True,
        when="nobody knows whether a test executes the line: tests that could reach it fail or are skipped before they "
        "get there, or cannot be collected",
        fits=lambda facts: facts.unknown is not None,
        said=lambda facts: (f"not known whether a test executes the repaired line: {facts.unknown}",),
    ),
    Row(
        Level.C,
        publishable=True,
        when="the whole suite was run and no test got worse; no test executes the line, or more than half of all tests "
        "fail with the change as well",
        fits=lambda _: True,
        said=lambda facts: (_limit(facts), facts.calm),
    ),
)


def graded(facts: Facts) -> tuple[Row, Level, str]:
    """The row that decides, the level it gives here, and the whole sentence."""
    row = next(one for one in TABLE if one.fits(facts))
    if row.alone:
        return row, row.level, _sentences(*row.said(facts))
    shown = facts.shown or (facts.fixed and _fixed_text(facts.fixed))
    clauses = row.said(facts)
    if facts.fixed and _fixed_text(facts.fixed) in clauses:
        return row, row.level, _sentences(*clauses)
    return row, row.level if shown else Level.E, _sentences(shown or "Read from the source only", *clauses)


def grade(
    before: Place, after: Place, measured: Measured | Unmeasured, *, proven: bool, witness: Witness | None = None
) -> Grade:
    """Grade one fix; `before` and `after` are its lines on each side, `proven` that the probe showed its fault."""
    shown = _shown(witness, proven=proven)
    facts = (
        Facts(shown, untested=measured.reason)
        if isinstance(measured, Unmeasured)
        else _facts(before, after, measured, shown, witness)
    )
    row, level, reason = graded(facts)
    against = None if row.publishable else "; ".join(row.said(facts))
    unknown = None if facts.executing else facts.unknown
    return Grade(level, reason, facts.fixed, facts.executing, facts.failing, unknown, against)


def _shown(witness: Witness | None, *, proven: bool) -> str:
    if witness is not None and witness.state is WitnessState.RAISED:
        return f"The line {witness.reason.removeprefix('it ')}"
    return "The real object was shown to raise the error" if proven else ""


def _facts(before: Place, after: Place, measured: Measured, shown: str, witness: Witness | None) -> Facts:
    comparison, raised = measured.comparison, frozenset(witness.raised + witness.strange if witness else ())
    executing = _executing(measured.after.hits, after)
    fixed = tuple(one.id for one in comparison.having(Verdict.FIXED) if _failed_at(one, before, raised))
    failing = tuple(one.id for one in comparison.judged if _is_red(one) and one.id in {*executing, *raised})
    return Facts(
        shown=shown,
        problem=_problem(measured),
        whole=measured.whole,
        collected=not measured.after.uncollected,
        calm=_calm(measured),
        fixed=fixed,
        executing=executing,
        green=_green_now(comparison, executing),
        failing=failing,
        unseen=witness is not None and witness.state is WitnessState.NOT_WATCHED and bool(executing),
        mostly_red=_mostly_red(measured.after),
        unknown=None if executing else blind_spots(measured.after, executing, measured.reaching),
    )


def _is_red(judged: Judged) -> bool:
    """Whether the test fails with the change, and not because it expects the fault or fails now and then."""
    flaky = judged.verdict is Verdict.FLAKY or judged.encodes_bug
    return judged.after is not None and judged.after.outcome.red and not flaky


def _limit(facts: Facts) -> str:
    if facts.mostly_red:
        return "more than half of the tests fail with the change as well"
    return "no test that passes executes the repaired line" if facts.executing else "no test executes the repaired line"


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


def _failed_at(judged: Judged, place: Place, raised: frozenset[str]) -> bool:
    """Whether a test that failed before failed at the place; `raised` are those in which it was seen to raise."""
    if len(judged.sample.before) < 2 or len(judged.sample.after) < 2:
        return False
    errors = judged.before.raised if judged.before is not None else ()
    return judged.id in raised or any(place.holds(error.path, error.line) for error in errors)


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
    if not fixed:
        return ""
    if len(fixed) == 1:
        return "1 test failed at the repaired line and passes now, each time it was run"
    return f"{len(fixed)} tests failed at the repaired line and pass now, each time they were run"


def _green_text(green: Sequence[str]) -> str:
    execute = "1 test that passes executes" if len(green) == 1 else f"{len(green)} tests that pass execute"
    return f"{execute} the repaired line"


def _failing_text(failing: Sequence[str]) -> str:
    execute = "1 test that executes" if len(failing) == 1 else f"{len(failing)} tests that execute"
    return f"{execute} the repaired line {'fails' if len(failing) == 1 else 'fail'} with the change"


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
