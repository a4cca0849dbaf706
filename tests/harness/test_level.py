from __future__ import annotations

from dataclasses import replace

import pytest

from repairbot.harness.blind_spots import blind_spots
from repairbot.harness.grade import TABLE, Facts, Grade, Level, Measured, Place, Unmeasured, grade, graded
from repairbot.harness.suite.compare import compare
from repairbot.harness.suite.runs import Case, CollectProblem, Hit, Met, Outcome, Raised, Seen, SuiteRun
from repairbot.harness.witness import Witness, WitnessState

LINE = Place("db.py", frozenset({7}))
GREEN = Case("t::green", Outcome.PASSED)
RED = Case("t::red", Outcome.FAILED)


def run(*cases: Case, hits: tuple[str, ...] = (), incomplete: str | None = None) -> SuiteRun:
    found = tuple(Hit(test, "db.py", 7) for test in hits)
    return SuiteRun(cases, (), (), found, "3.12", "9", (), 1, "", incomplete, (), False, 1.0, "")


def failing_at(path: str, line: int) -> Case:
    return Case("t::it", Outcome.FAILED, raised=(Raised("TypeError", "", path, line),))


def weighed(
    before: SuiteRun,
    after: SuiteRun,
    *,
    proven: bool = True,
    whole: bool = True,
    again: int = 1,
    witness: Witness | None = None,
    reaching: frozenset[str] | None = None,
) -> Grade:
    comparison = compare(before, after, [before] * again, [after] * again)
    return grade(LINE, LINE, Measured(before, after, comparison, whole, reaching), proven=proven, witness=witness)


FAILED_THERE, PASSES = failing_at("db.py", 7), Case("t::it", Outcome.PASSED)


def test_a_test_that_failed_at_the_line_and_passes_now_is_level_a() -> None:
    found = weighed(run(FAILED_THERE, GREEN), run(PASSES, GREEN, hits=("t::it",)))
    assert (found.level, found.fixed, found.executing) == (Level.A, ("t::it",), ("t::it",))
    assert found.reason == (
        "1 test failed at the repaired line and passes now, each time it was run; "
        "none of the suite's 2 tests got worse."
    )


def test_files_that_cannot_be_collected_are_not_counted_as_part_of_a_suite_that_ran() -> None:
    broken = (CollectProblem("t_broken.py", skipped=False, text="ImportError"),)
    before, after = (replace(one, problems=broken) for one in (run(GREEN), run(GREEN, hits=("t::green",))))
    assert weighed(before, after).reason == (
        "1 test that passes executes the repaired line; none of the 1 tests that can be collected got worse."
    )


def test_without_runs_again_a_fixed_test_is_no_more_than_one_that_executes_the_line() -> None:
    assert weighed(run(FAILED_THERE, GREEN), run(PASSES, GREEN, hits=("t::it",)), again=0).level is Level.B


def test_a_fixed_test_that_failed_elsewhere_but_executes_the_line_is_level_b() -> None:
    found = weighed(run(failing_at("other.py", 7), GREEN), run(PASSES, GREEN, hits=("t::it",)))
    assert (found.level, found.fixed) == (Level.B, ())


def test_passing_tests_that_execute_the_line_are_level_b_without_any_proof() -> None:
    assert weighed(run(GREEN), run(GREEN, hits=("t::green",)), proven=False).level is Level.B


@pytest.mark.parametrize(("proven", "level"), [(True, Level.C), (False, Level.E)])
def test_a_line_that_no_test_executes_rests_on_the_proof(proven: bool, level: Level) -> None:
    found = weighed(run(GREEN), run(GREEN), proven=proven)
    assert found.level is level
    assert "no test executes the repaired line" in found.reason


def test_a_line_that_only_failing_tests_execute_is_level_d_and_not_published() -> None:
    found = weighed(run(GREEN, RED), run(GREEN, RED, hits=("t::red",)))
    assert (found.level, found.executing, found.still_failing) == (Level.D, ("t::red",), ("t::red",))
    assert found.against == "1 test that executes the repaired line fails with the change"


def test_a_proof_with_only_some_tests_run_is_level_d() -> None:
    assert weighed(run(GREEN), run(GREEN), whole=False).level is Level.D


def test_when_most_tests_fail_already_the_suite_counts_for_level_c_at_most() -> None:
    many = [replace(RED, id=f"t::{number}") for number in range(5)]
    found = weighed(run(FAILED_THERE, *many), run(PASSES, *many, hits=("t::it",)))
    assert found.level is Level.C
    assert "more than half" in found.reason


@pytest.mark.parametrize(("proven", "level"), [(True, Level.D), (False, Level.E)])
def test_a_test_that_got_worse_leaves_the_proof_alone(proven: bool, level: Level) -> None:
    found = weighed(run(GREEN), run(replace(GREEN, outcome=Outcome.FAILED)), proven=proven)
    assert found.level is level
    assert "1 test that passed before fails with the change" in found.reason


@pytest.mark.parametrize(("proven", "level"), [(True, Level.D), (False, Level.E)])
def test_a_run_that_was_cut_off_leaves_the_proof_alone(proven: bool, level: Level) -> None:
    assert weighed(run(GREEN), run(GREEN, incomplete="cut off"), proven=proven).level is level


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
    found = weighed(run(FAILED_THERE), run(PASSES, hits=("t::it",)))
    assert (found.level, found.fixed) == (Level.A, ("t::it",))


RAISED = Witness(WitnessState.RAISED, raised=("t::it",))


def test_a_line_that_was_seen_to_raise_is_proof_by_itself() -> None:
    found = weighed(run(PASSES), run(PASSES), proven=False, witness=RAISED)
    assert (found.level, found.against) == (Level.C, None)
    assert found.reason.startswith("The line raised the error in 1 test (`t::it`), each time it was reached; ")


def test_a_test_in_which_the_line_raised_counts_as_failed_there_though_the_error_was_swallowed() -> None:
    before = run(Case("t::it", Outcome.FAILED, raised=(Raised("AssertionError", "500", "test_it.py", 3),)), GREEN)
    found = weighed(before, run(PASSES, GREEN, hits=("t::it",)), witness=RAISED)
    assert (found.level, found.fixed) == (Level.A, ("t::it",))


def test_a_test_that_raised_at_the_line_and_still_fails_elsewhere_keeps_the_fix_from_being_published() -> None:
    found = weighed(run(FAILED_THERE, GREEN), run(failing_at("test_it.py", 3), GREEN), witness=RAISED)
    assert (found.level, found.still_failing) == (Level.D, ("t::it",))
    assert found.against == "1 test that executes the repaired line fails with the change"


def test_one_test_that_still_fails_at_the_line_outweighs_those_that_pass() -> None:
    red = replace(failing_at("db.py", 9), id="t::red")
    before = run(FAILED_THERE, replace(FAILED_THERE, id="t::red"), GREEN)
    found = weighed(before, run(PASSES, red, GREEN, hits=("t::it", "t::red")))
    assert (found.level, found.still_failing, found.against is None) == (Level.D, ("t::red",), False)


def test_a_test_that_expects_the_fault_does_not_keep_it_from_being_published() -> None:
    expecting = replace(RED, id="t::it", message="Failed: DID NOT RAISE TypeError: Error")
    found = weighed(run(PASSES), run(expecting, hits=("t::it",)), witness=RAISED)
    assert (found.level, found.against) == (Level.D, None)


def test_level_a_takes_the_whole_suite() -> None:
    before, after = run(FAILED_THERE, GREEN), run(PASSES, GREEN, hits=("t::it",))
    assert weighed(before, after, whole=False).level is Level.B
    broken = (CollectProblem("t_broken.py", skipped=False, text="ImportError"),)
    assert weighed(replace(before, problems=broken), replace(after, problems=broken)).level is Level.B


def test_what_could_not_be_watched_is_not_published_where_tests_execute_it() -> None:
    unseen = Witness(WitnessState.NOT_WATCHED)
    found = weighed(run(GREEN), run(GREEN, hits=("t::green",)), witness=unseen)
    assert (found.level, found.against is None) == (Level.D, False)
    assert weighed(run(GREEN), run(GREEN), witness=unseen).level is Level.C


SKIPPED = Case("tests/test_a.py::skipped", Outcome.SKIPPED)
NO_SERVER = Case("tests/test_a.py::red", Outcome.FAILED, raised=(Raised("ConnectionError", "", None, None),))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (run(NO_SERVER), "1 test fails before it gets there (1 with ConnectionError)"),
        (run(NO_SERVER, replace(NO_SERVER, id="tests/test_a.py::b")), "2 tests fail before they get there (2 with"),
        (run(SKIPPED), "1 test is skipped"),
        (run(replace(SKIPPED, outcome=Outcome.XFAILED)), "1 test is expected to fail and does"),
        (run(replace(SKIPPED, outcome=Outcome.NOT_RUN)), "1 test was not run"),
        (
            replace(run(GREEN), problems=(CollectProblem("tests/test_cli.py", skipped=False, text=""),)),
            "the tests of 1 file cannot be collected (tests/test_cli.py)",
        ),
        (replace(run(GREEN), seen=(Seen("t::green", -1, Met.UNWATCHED),)), "1 test starts a Python that cannot be"),
        (replace(run(GREEN), deselected=("tests/test_a.py::slow",)), "1 test is left out by the target's options"),
    ],
    ids=["red", "two red", "skipped", "expected to fail", "not run", "not collected", "not watched", "left out"],
)
def test_a_line_is_never_said_to_be_unexecuted_where_a_test_may_not_have_got_there(made: SuiteRun, said: str) -> None:
    green = run(*made.cases, *(replace(GREEN, id=f"t::{number}") for number in range(4)))
    after = replace(green, problems=made.problems, deselected=made.deselected, seen=made.seen)
    found = weighed(after, after)
    assert found.level is Level.D
    assert found.unknown is not None
    assert said in found.unknown
    assert said in found.reason
    apart = weighed(after, after, reaching=frozenset({"db.py", "tests/test_other.py"}))
    # A process may run anything, whatever the test imports.
    assert apart.level is (Level.D if made.seen else Level.C)


def test_a_test_file_below_a_folder_of_its_own_is_known_by_its_end() -> None:
    below = run(replace(SKIPPED, id="tests/test_a.py::skipped"))
    assert blind_spots(below, (), frozenset({"server/tests/test_a.py"})) is not None
    assert blind_spots(below, (), frozenset({"server/tests/test_ab.py"})) is None


TESTED = Facts("It was shown", whole=True, collected=True, calm="all calm")
EVERY_ROW = [
    (replace(TESTED, untested="no pip"), Level.D, True),
    (replace(TESTED, failing=("a",), fixed=("b",), green=("b",), executing=("a", "b")), Level.D, False),
    (replace(TESTED, unseen=True, executing=("a",), green=("a",)), Level.D, False),
    (replace(TESTED, problem="cut off", fixed=("b",), green=("b",), executing=("b",)), Level.D, True),
    (replace(TESTED, fixed=("b",), green=("b",), executing=("b",)), Level.A, True),
    (replace(TESTED, green=("b",), executing=("b",)), Level.B, True),
    (replace(TESTED, whole=False, fixed=("b",), green=("b",), executing=("b",)), Level.B, True),
    (replace(TESTED, collected=False, fixed=("b",), green=("b",), executing=("b",)), Level.B, True),
    (replace(TESTED, whole=False), Level.D, True),
    (replace(TESTED, unknown="1 test fails before it gets there"), Level.D, True),
    (TESTED, Level.C, True),
    (replace(TESTED, mostly_red=True, fixed=("b",), green=("b",), executing=("b",)), Level.C, True),
]


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "not shown"])
@pytest.mark.parametrize(("facts", "level", "publishable"), EVERY_ROW)
def test_the_table_decides(facts: Facts, level: Level, publishable: bool, shown: bool) -> None:
    row, given, reason = graded(facts if shown else replace(facts, shown=""))
    alone = level in {Level.A, Level.B} or bool(facts.fixed)  # a test that was fixed shows the error, too
    assert (given, row.publishable) == (level if shown or alone else Level.E, publishable)
    assert ("Read from the source only" in reason) == (given is Level.E)


def test_every_row_of_the_table_is_reached() -> None:
    assert {graded(facts)[0].when for facts, *_ in EVERY_ROW} == {row.when for row in TABLE}
