from __future__ import annotations

from collections.abc import Mapping

import pytest

from repairbot.harness.suite.compare import Verdict, changed, compare
from repairbot.harness.suite.runs import Case, CollectProblem, Outcome, Raised, SuiteRun

P, F, E, S = Outcome.PASSED, Outcome.FAILED, Outcome.ERROR, Outcome.SKIPPED
XF, XP, C, T, N = Outcome.XFAILED, Outcome.XPASSED, Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.NOT_RUN


def run(
    outcomes: Mapping[str, Outcome | Case], incomplete: str | None = None, broken: tuple[str, ...] = ()
) -> SuiteRun:
    cases = tuple(one if isinstance(one, Case) else Case(test, one) for test, one in outcomes.items())
    return SuiteRun(
        cases=cases,
        problems=tuple(CollectProblem(file, False, "ImportError") for file in broken),
        deselected=(),
        hits=(),
        python="3.12.1",
        pytest="9.0",
        plugins=(),
        exit=0,
        ended="exit code 0",
        incomplete=incomplete,
        internal_errors=(),
        stopped_by_time=False,
        seconds=1.0,
        log="",
    )


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (F, P, Verdict.FIXED),
        (E, P, Verdict.FIXED),
        (C, P, Verdict.FIXED),
        (T, P, Verdict.FIXED),
        (F, XP, Verdict.FIXED),
        (F, S, Verdict.SKIPPED),
        (P, P, Verdict.STILL_PASSING),
        (XF, XF, Verdict.STILL_PASSING),
        (XF, XP, Verdict.STILL_PASSING),
        (S, S, Verdict.SKIPPED),
        (P, S, Verdict.SKIPPED),
        (S, P, Verdict.SKIPPED),
        (F, F, Verdict.STILL_FAILING),
        (F, E, Verdict.STILL_FAILING),
        (T, T, Verdict.TIMED_OUT),
        (P, F, Verdict.REGRESSED),
        (P, T, Verdict.REGRESSED),
        (P, C, Verdict.REGRESSED),
        (XF, F, Verdict.REGRESSED),
        (S, F, Verdict.REGRESSED),
        (P, N, Verdict.NOT_RUN),
        (N, F, Verdict.NOT_RUN),
    ],
    ids=str,
)
def test_two_outcomes_make_one_verdict(before: Outcome, after: Outcome, verdict: Verdict) -> None:
    assert compare(run({"t": before}), run({"t": after})).judged[0].verdict is verdict


@pytest.mark.parametrize(
    ("again_before", "again_after", "verdict"),
    [
        ([F, F, F, F], [P, P, P, P], Verdict.FIXED),
        ([F, P, F, F], [P, P, P, P], Verdict.FLAKY),
        ([F, F, F, F], [P, P, P, F], Verdict.FLAKY),
        ([F, E, T, F], [P, P, P, P], Verdict.FIXED),
    ],
    ids=["unanimous", "once green before", "once red after", "red in several ways"],
)
def test_a_fixed_test_is_claimed_only_when_every_run_agrees(
    again_before: list[Outcome], again_after: list[Outcome], verdict: Verdict
) -> None:
    reruns = [[run({"t": outcome}) for outcome in side] for side in (again_before, again_after)]
    judged = compare(run({"t": F}), run({"t": P}), *reruns).judged[0]
    assert judged.verdict is verdict
    assert judged.sample.before == (F, *again_before)


def test_only_tests_that_ran_on_both_sides_and_differ_are_run_again() -> None:
    before = run({"same": P, "fixed": F, "gone": F, "cut": N, "kind": F})
    after = run({"same": P, "fixed": P, "new": F, "cut": P, "kind": E})
    assert changed(before, after) == ("fixed", "kind")


def test_tests_of_one_side_alone_are_new_gone_or_not_collected() -> None:
    before, after = run({"a.py::gone": P, "b.py::broken": P}), run({"a.py::new": P}, broken=("b.py",))
    verdicts = {judged.id: judged.verdict for judged in compare(before, after).judged}
    assert verdicts == {
        "a.py::gone": Verdict.GONE,
        "b.py::broken": Verdict.NOT_COLLECTED,
        "a.py::new": Verdict.NEW,
    }


@pytest.mark.parametrize(
    ("case", "encodes"),
    [
        (Case("t", F, message="[XPASS(strict)] the bug"), True),
        (Case("t", F, message="Failed: DID NOT RAISE <class 'TypeError'>"), True),
        (Case("t", F, message="AssertionError: TypeError not raised"), True),
        (Case("t", F, message="assert 1 == 2"), False),
    ],
    ids=["strict xfail", "pytest.raises", "assertRaises", "an ordinary failure"],
)
def test_a_test_that_expects_the_fault_is_told_from_one_that_broke(case: Case, encodes: bool) -> None:
    judged = compare(run({"t": P}), run({"t": case})).judged[0]
    assert (judged.verdict, judged.encodes_bug) == (Verdict.REGRESSED, encodes)


def test_a_test_that_fails_otherwise_than_before_is_marked() -> None:
    old, new = (Case("t", F, raised=(Raised(kind, "", None, None),)) for kind in ("TypeError", "ValueError"))
    assert compare(run({"t": old}), run({"t": new})).judged[0].changed_failure
    assert not compare(run({"t": old}), run({"t": old})).judged[0].changed_failure


def test_a_comparison_is_clean_only_when_both_runs_are_complete_and_nothing_got_worse() -> None:
    assert compare(run({"t": F}), run({"t": F})).clean
    assert not compare(run({"t": P}, "cut off"), run({"t": P})).clean
    assert not compare(run({"t": P}), run({"t": F})).clean
    assert not compare(run({"t": P}), run({})).clean
    assert compare(run({}, "stopped"), run({}, "crashed")).incomplete == "before: stopped; after: crashed"
