from __future__ import annotations

from dataclasses import replace

import pytest

from repairbot.harness.grade import Grade, Level, Measured, Place, Unmeasured, grade
from repairbot.harness.suite.compare import compare
from repairbot.harness.suite.runs import Case, CollectProblem, Hit, Outcome, Raised, SuiteRun

LINE = Place("db.py", frozenset({7}))
GREEN = Case("t::green", Outcome.PASSED)
RED = Case("t::red", Outcome.FAILED)


def run(*cases: Case, hits: tuple[str, ...] = (), incomplete: str | None = None) -> SuiteRun:
    found = tuple(Hit(test, "db.py", 7) for test in hits)
    return SuiteRun(cases, (), (), found, "3.12", "9", (), 1, "", incomplete, (), False, 1.0, "")


def failing_at(path: str, line: int) -> Case:
    return Case("t::it", Outcome.FAILED, raised=(Raised("TypeError", "", path, line),))


def graded(before: SuiteRun, after: SuiteRun, *, proven: bool = True, whole: bool = True, again: int = 1) -> Grade:
    comparison = compare(before, after, [before] * again, [after] * again)
    return grade(LINE, LINE, Measured(before, after, comparison, whole), proven=proven)


FAILED_THERE, PASSES = failing_at("db.py", 7), Case("t::it", Outcome.PASSED)


def test_a_test_that_failed_at_the_line_and_passes_now_is_level_a() -> None:
    found = graded(run(FAILED_THERE, GREEN), run(PASSES, GREEN, hits=("t::it",)))
    assert (found.level, found.fixed, found.executing) == (Level.A, ("t::it",), ("t::it",))
    assert found.reason == (
        "1 test failed at the repaired line and passes now, each time it was run; "
        "none of the suite's 2 tests got worse."
    )


def test_files_that_cannot_be_collected_are_not_counted_as_part_of_a_suite_that_ran() -> None:
    broken = (CollectProblem("t_broken.py", skipped=False, text="ImportError"),)
    before, after = (replace(one, problems=broken) for one in (run(GREEN), run(GREEN, hits=("t::green",))))
    assert graded(before, after).reason == (
        "1 test that passes executes the repaired line; none of the 1 tests that can be collected got worse."
    )


def test_without_runs_again_a_fixed_test_is_no_more_than_one_that_executes_the_line() -> None:
    assert graded(run(FAILED_THERE, GREEN), run(PASSES, GREEN, hits=("t::it",)), again=0).level is Level.B


def test_a_fixed_test_that_failed_elsewhere_but_executes_the_line_is_level_b() -> None:
    found = graded(run(failing_at("other.py", 7), GREEN), run(PASSES, GREEN, hits=("t::it",)))
    assert (found.level, found.fixed) == (Level.B, ())


def test_passing_tests_that_execute_the_line_are_level_b_without_any_proof() -> None:
    assert graded(run(GREEN), run(GREEN, hits=("t::green",)), proven=False).level is Level.B


@pytest.mark.parametrize(("proven", "level"), [(True, Level.C), (False, Level.E)])
def test_a_line_that_no_test_executes_rests_on_the_proof(proven: bool, level: Level) -> None:
    found = graded(run(GREEN), run(GREEN), proven=proven)
    assert found.level is level
    assert "no test executes the repaired line" in found.reason


def test_a_line_that_only_failing_tests_execute_is_level_d_and_not_published() -> None:
    found = graded(run(GREEN, RED), run(GREEN, RED, hits=("t::red",)))
    assert (found.level, found.executing, found.still_failing) == (Level.D, ("t::red",), ("t::red",))
    assert found.against == "1 test that executes the repaired line fails with the change"


def test_a_proof_with_only_some_tests_run_is_level_d() -> None:
    assert graded(run(GREEN), run(GREEN), whole=False).level is Level.D


def test_when_most_tests_fail_already_the_suite_counts_for_level_c_at_most() -> None:
    many = [replace(RED, id=f"t::{number}") for number in range(5)]
    found = graded(run(FAILED_THERE, *many), run(PASSES, *many, hits=("t::it",)))
    assert found.level is Level.C
    assert "more than half" in found.reason


@pytest.mark.parametrize(("proven", "level"), [(True, Level.D), (False, Level.E)])
def test_a_test_that_got_worse_leaves_the_proof_alone(proven: bool, level: Level) -> None:
    found = graded(run(GREEN), run(replace(GREEN, outcome=Outcome.FAILED)), proven=proven)
    assert found.level is level
    assert "1 test that passed before fails with the change" in found.reason


@pytest.mark.parametrize(("proven", "level"), [(True, Level.D), (False, Level.E)])
def test_a_run_that_was_cut_off_leaves_the_proof_alone(proven: bool, level: Level) -> None:
    assert graded(run(GREEN), run(GREEN, incomplete="cut off"), proven=proven).level is level


@pytest.mark.parametrize(("proven", "level"), [(True, Level.D), (False, Level.E)])
def test_tests_that_could_not_be_run_leave_the_proof_alone(proven: bool, level: Level) -> None:
    found = grade(LINE, LINE, Unmeasured("nothing says how to install them"), proven=proven)
    assert found.level is level
    assert found.reason.endswith("the tests were not run: nothing says how to install them.")


def test_a_flaky_test_at_the_line_is_not_claimed() -> None:
    before, after = run(FAILED_THERE, GREEN), run(PASSES, GREEN)
    comparison = compare(before, after, [before, run(PASSES)], [after, after])
    found = grade(LINE, LINE, Measured(before, after, comparison, whole=True), proven=True)
    assert (found.level, found.fixed) == (Level.C, ())


def test_a_suite_that_is_red_because_of_the_fault_alone_counts_as_any_other() -> None:
    found = graded(run(FAILED_THERE), run(PASSES, hits=("t::it",)))
    assert (found.level, found.fixed) == (Level.A, ("t::it",))
