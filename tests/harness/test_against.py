from __future__ import annotations

from dataclasses import replace

import pytest

from repairbot.harness.against import Against, against
from repairbot.harness.suite.compare import compare
from repairbot.harness.suite.runs import Case, Outcome, Raised, SuiteRun

BEFORE = {"use.py": frozenset({4, 5})}
AFTER = {"use.py": frozenset({4, 5, 6})}
FAULT = Raised("TypeError", "TypeError: no __aiter__", "use.py", 4, (("use.py", 4),))
IN_BODY = Raised("AttributeError", "AttributeError: no startswith", "use.py", 6, (("use.py", 6),))
BELOW = Raised("KeyError", "KeyError: 'x'", "lib.py", 9, (("test_it.py", 3), ("use.py", 5), ("lib.py", 9)))
ELSEWHERE = Raised("AssertionError", "assert 1 == 2", "test_it.py", 3, (("test_it.py", 3),))
PASSED = Case("t::it", Outcome.PASSED)


def red(*errors: Raised, outcome: Outcome = Outcome.FAILED, message: str = "") -> Case:
    return Case("t::it", outcome, message=message, raised=errors)


def run(case: Case) -> SuiteRun:
    return SuiteRun((case,), (), (), (), "3.12", "9", (), 1, "", None, (), False, 1.0, "")


def found(old: Case, new: Case, again: Case | None = None) -> Against | None:
    comparison = compare(run(old), run(new), [run(old)], [run(again or new)])
    return against(comparison, BEFORE, AFTER)


@pytest.mark.parametrize(
    "old", [red(FAULT), PASSED, red(ELSEWHERE)], ids=["failed there", "passed", "failed elsewhere"]
)
@pytest.mark.parametrize(("error", "line"), [(IN_BODY, 6), (BELOW, 5)], ids=["in the body", "in what the body calls"])
def test_an_error_with_a_frame_in_the_fixed_statement_speaks_against_the_fix(
    old: Case, error: Raised, line: int
) -> None:
    seen = found(old, red(error))
    assert seen is not None
    assert (seen.test, seen.error, seen.path, seen.line) == ("t::it", error.message, "use.py", line)
    assert seen.reason == (
        "the fix was tried and withdrawn: with it the test `t::it` fails inside the repaired statement, at "
        f"use.py:{line}, with {error.message}"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (red(FAULT), PASSED),
        (red(FAULT), red(ELSEWHERE)),
        (red(BELOW), red(BELOW)),
        (red(FAULT), red(IN_BODY, outcome=Outcome.TIMED_OUT)),
        (PASSED, red(IN_BODY, message="Failed: DID NOT RAISE TypeError: Error")),
        (red(FAULT), red(replace(BELOW, system=True))),
        (red(FAULT), red(BELOW, Raised("ConnectionRefusedError", "", "/usr/lib/socket.py", 1, system=True))),
    ],
    ids=[
        "it passes",
        "it fails elsewhere",
        "it failed in the same way",
        "it takes too long",
        "it expects the fault",
        "the operating system refuses",
        "the operating system refused, and that was wrapped",
    ],
)
def test_anything_else_does_not(old: Case, new: Case) -> None:
    assert found(old, new) is None


def test_a_test_that_fails_now_and_then_speaks_for_nothing() -> None:
    assert found(red(FAULT), red(IN_BODY), again=PASSED) is None


def test_an_error_in_the_chain_counts_like_the_one_that_ended_the_test() -> None:
    wrapped = Raised("RuntimeError", "wrapped", "app.py", 1, (("app.py", 1),))
    seen = found(red(FAULT), red(wrapped, IN_BODY))
    assert seen is not None
    assert seen.error == IN_BODY.message
