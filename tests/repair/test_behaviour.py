"""A repaired function does what its loop would have done, had it run exactly once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repairbot.rule import Form, Refusal
from tests.repair.bodies import PARAMETERS, subjects
from tests.repair.conftest import Bench

Value = tuple[int, ...]


class Boom(Exception):
    pass


class Once:
    """What the author of the loop took the context manager for."""

    def __init__(self, value: Value) -> None:
        self.left = [value]

    def __aiter__(self) -> Once:
        return self

    async def __anext__(self) -> Value:
        if not self.left:
            raise StopAsyncIteration
        return self.left.pop()


class Twice(Once):
    """What the loop is meant to run over when entering gives something to iterate."""

    def __init__(self, value: Value) -> None:
        self.left = [value, (*value[1:], 5)]


@asynccontextmanager
async def entered(value: Value) -> AsyncIterator[Value]:
    yield value


@asynccontextmanager
async def entered_iterable(value: Value) -> AsyncIterator[Twice]:
    yield Twice(value)


@dataclass
class World:
    """Everything a subject sees: it logs events, and a fixed series of choices decides what happens."""

    choices: list[bool]
    events: list[object] = field(default_factory=list)

    def log(self, *event: object) -> object:
        self.events.append(event)
        return event

    def flip(self) -> bool:
        choice = bool(self.choices) and self.choices.pop(0)
        self.log("flip", choice)
        return choice

    def may_fail(self) -> None:
        if self.flip():
            raise Boom(len(self.events))

    @contextmanager
    def manager(self) -> Iterator[None]:
        self.log("enter")
        try:
            yield
        finally:
            self.log("exit")

    @contextmanager
    def swallowing(self) -> Iterator[None]:
        try:
            yield
        except Boom:
            self.log("swallowed")


def outcome(source: str, opened: Callable[[Value], object], choices: list[bool]) -> list[object]:
    """The events of one run and how it ended."""
    world = World(list(choices))
    namespace: dict[str, Any] = {}
    exec(compile(source, "subject", "exec"), namespace)  # written by this test
    box = SimpleNamespace(field=None, items=[None])
    running = namespace["subject"](
        opened, world.log, world.flip, world.may_fail, world.manager, world.swallowing, box, Boom
    )
    try:
        world.log("returned", driven(running, world))
    except (Boom, AssertionError) as error:
        world.log("raised", error.args, type(error.__context__))
    return [*world.events, vars(box)]


def driven(running: Any, world: World) -> object:
    if not hasattr(running, "__anext__"):
        return ended(running)
    while True:
        try:
            world.log("yielded", ended(running.__anext__()))
        except StopAsyncIteration:
            return None


def ended(awaitable: Any) -> object:
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value
    raise RuntimeError("a subject waits for nothing")


def check(bench: Bench, source: str, choices: list[list[bool]]) -> bool:
    """Whether the subject was repaired; fails when the repaired one does anything else."""
    data = source.encode()
    result = bench.edited(data, bench.recasts(data))
    if isinstance(result, Refusal):
        return False
    repaired = result.decode()
    for series in choices:
        assert outcome(repaired, entered, series) == outcome(source, Once, series), repaired
    return True


CHOICES = st.lists(st.lists(st.booleans(), max_size=8), min_size=3, max_size=3)
QUIET = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


def share_repaired(bench: Bench, examples: int, *, plain: bool) -> float:
    repaired: list[bool] = []

    @settings(QUIET, max_examples=examples, derandomize=True)
    @given(subjects(plain=plain), CHOICES)
    def run(source: str, choices: list[list[bool]]) -> None:
        repaired.append(check(bench, source, choices))

    run()
    return sum(repaired) / len(repaired)


def test_nine_of_ten_functions_with_jumps_where_people_put_them_are_repaired_and_do_the_same(bench: Bench) -> None:
    assert share_repaired(bench, 200, plain=True) >= 0.9


def test_functions_with_jumps_anywhere_do_the_same_or_are_refused(bench: Bench) -> None:
    assert share_repaired(bench, 100, plain=False) >= 0.5


def test_a_function_that_enters_and_then_iterates_runs_its_loop_as_before(bench: Bench) -> None:
    @settings(QUIET, max_examples=40, derandomize=True)
    @given(subjects(plain=False), CHOICES)
    def run(source: str, choices: list[list[bool]]) -> None:
        data = source.encode()
        result = bench.edited(data, bench.recasts(data, Form.ENTER_THEN_ITERATE))
        assert isinstance(result, bytes)
        for series in choices:
            assert outcome(result.decode(), entered_iterable, series) == outcome(source, Twice, series)

    run()


COMPREHENSIONS = (
    "log([x async for x in source((1, 2))])",
    "return [(x, y) async for x, y in source((1, 2)) if flip()]",
    "rows = {x async for x in source((1, 2)) if flip() if flip()}\n    log(rows, flip())",
    "box.field = {y: x async for x, y in source((1, 2))}",
    "log([z async for x in source((1, 2)) if flip() for z in x if flip()], flip())",
    "assert [flip() async for x in source((1, 2))] == [flip()], log(flip())",
    "log(flip() if [x async for x in source((1, 2)) if flip()] else may_fail())",
)


@pytest.mark.parametrize("statement", COMPREHENSIONS)
@pytest.mark.parametrize("form", Form)
def test_a_statement_around_a_comprehension_does_what_it_did(bench: Bench, statement: str, form: Form) -> None:
    source = f"async def subject({PARAMETERS}):\n    {statement}\n    log('after')\n"
    data = source.encode()
    result = bench.edited(data, bench.recasts(data, form))
    assert isinstance(result, bytes)
    before, after = (Once, entered) if form is Form.ENTER else (Twice, entered_iterable)
    for number in range(16):
        choices = [bool(number >> bit & 1) for bit in range(4)]
        assert outcome(result.decode(), after, choices) == outcome(source, before, choices)


@pytest.mark.slow
@pytest.mark.parametrize(("plain", "floor"), [(True, 0.9), (False, 0.5)])
def test_many_more_functions_do_the_same_or_are_refused(bench: Bench, plain: bool, floor: float) -> None:
    assert share_repaired(bench, 500, plain=plain) >= floor
