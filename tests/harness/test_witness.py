from __future__ import annotations

import pytest

from repairbot.harness.suite.runs import Met, Seen
from repairbot.harness.witness import Witness, WitnessState, witness

ERROR = "TypeError: 'async for' requires an object with __aiter__ method, got _AsyncGeneratorContextManager"
MANAGER = "contextlib._AsyncGeneratorContextManager"


def raised(test: str, kind: str | None = MANAGER, error: str = ERROR) -> Seen:
    return Seen(test, 0, Met.RAISED, kind, error)


def ran(test: str, kind: str | None = "async_generator") -> Seen:
    return Seen(test, 0, Met.RAN, kind)


LOCATED = Seen("", 0, Met.LOCATED)


@pytest.mark.parametrize(
    ("seen", "executed", "state"),
    [
        ([], False, WitnessState.NOT_REACHED),
        ([LOCATED], True, WitnessState.NOT_REACHED),
        ([], True, WitnessState.NOT_WATCHED),
        ([LOCATED, raised("a")], True, WitnessState.RAISED),
        ([raised("a"), raised("b")], True, WitnessState.RAISED),
        ([ran("a")], True, WitnessState.CONTRADICTED),
        ([raised("a"), ran("b")], True, WitnessState.CONTRADICTED),
        ([raised("a"), ran("a")], True, WitnessState.CONTRADICTED),
        ([Seen("a", 0, Met.OTHER, "lib.Bad", "TypeError: no __anext__")], True, WitnessState.CONTRADICTED),
        ([ran("")], True, WitnessState.CONTRADICTED),
    ],
)
def test_one_object_that_is_fit_contradicts_whatever_the_others_are(
    seen: list[Seen], executed: bool, state: WitnessState
) -> None:
    assert witness(seen, executed=executed).state is state


def test_what_was_seen_is_said_in_a_clause() -> None:
    assert witness([raised("t.py::a")]).reason == "it raised the error in 1 test (`t.py::a`), each time it was reached"
    both = witness([raised("t.py::a"), ran("t.py::b"), ran("t.py::c")])
    assert both.reason == (
        "it ran without the error in 2 tests (`t.py::b` and `t.py::c`), where the object was `async_generator`; "
        "in 1 test (`t.py::a`) it raised the error"
    )
    assert witness([ran("", None)]).reason == "it ran without the error in the import of the tests"
    many = witness([ran(f"t.py::{number}") for number in range(5)])
    assert "in 5 tests (`t.py::0`, `t.py::1`, `t.py::2` and 2 more)" in many.reason


def test_a_stand_in_that_fails_as_well_supports_nothing() -> None:
    mock = raised("t", "unittest.mock.Mock", ERROR.replace("_AsyncGeneratorContextManager", "Mock"))
    found = witness([mock])
    assert (found.state, found.raised, found.strange) == (WitnessState.NOT_REACHED, (), ("t",))
    assert found.reason == "it was reached with another object only, `unittest.mock.Mock`, in 1 test (`t`)"


def test_an_object_of_another_type_than_the_finding_speaks_of_supports_nothing() -> None:
    other = raised("t", None, ERROR.replace("_AsyncGeneratorContextManager", "Session"))
    assert witness([other], {"_AsyncGeneratorContextManager"}).state is WitnessState.NOT_REACHED
    assert witness([other]).state is WitnessState.RAISED  # where the finding names a class, it may be a subclass


def test_the_type_that_python_names_wins_over_one_that_was_seen() -> None:
    found = witness([raised("t", "builtins.NoneType")], {"_AsyncGeneratorContextManager"})
    assert (found.state, found.types) == (WitnessState.RAISED, ("_AsyncGeneratorContextManager",))


def test_nothing_seen_says_nothing() -> None:
    assert witness([]) == Witness(WitnessState.NOT_REACHED)
    assert witness([]).reason == "no test was seen to reach it"
