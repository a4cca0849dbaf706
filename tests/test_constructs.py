from __future__ import annotations

import ast
import asyncio
import subprocess
import textwrap
import traceback
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from repairbot.constructs import Construct, is_protocol_error, occurrences
from repairbot.model import Origin
from repairbot.rules.registry import all_rules
from repairbot.source.files import ModuleFile
from repairbot.source.parsing import parse

STATEMENTS = {
    Construct.ASYNC_FOR: "async for x in it: pass",
    Construct.ASYNC_WITH: "async with it: pass",
    Construct.FOR: "for x in it: pass",
    Construct.WITH: "with it: pass",
    Construct.AWAIT: "await it",
}


class Nothing:
    """An object without any protocol."""


def error_of(construct: Construct, value: object) -> str:
    """What this Python says of the construct over an object."""
    given: dict[str, object] = {}
    exec(f"async def use(it):\n    {STATEMENTS[construct]}\n", given)
    with pytest.raises((TypeError, AttributeError)) as caught:
        asyncio.run(given["use"](value))  # type: ignore[operator]
    return "".join(traceback.format_exception_only(caught.value)).strip()


@pytest.mark.parametrize("construct", list(Construct))
def test_the_error_of_an_object_without_the_protocol_is_known_with_its_type(construct: Construct) -> None:
    error = error_of(construct, Nothing())
    assert is_protocol_error(error)
    found = [pattern.search(error) for pattern in construct.facts.errors]
    assert [match["type"] for match in found if match] == ["Nothing"]
    others = [one for one in Construct if one is not construct]
    assert not [one for one in others if any(pattern.search(error) for pattern in one.facts.errors)]


@pytest.mark.parametrize("construct", list(Construct))
def test_an_object_with_the_needed_methods_raises_no_protocol_error(construct: Construct) -> None:
    """The decisive method alone gets past the error that the construct is known by."""
    methods = {name: lambda *_: 1 / 0 for name in construct.facts.needs}
    given: dict[str, object] = {}
    exec(f"async def use(it):\n    {STATEMENTS[construct]}\n", given)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(given["use"](type("Has", (), methods)()))  # type: ignore[operator]


@pytest.mark.parametrize("error", ["AttributeError: __aenter__", "AttributeError: __exit__"])
def test_the_errors_of_pythons_before_3_11_are_known(error: str) -> None:
    assert is_protocol_error(error)
    assert not is_protocol_error(f"{error} of something else")


@asynccontextmanager
async def manager():  # type: ignore[no-untyped-def]
    yield


async def generator():  # type: ignore[no-untyped-def]
    yield


def test_each_rule_knows_its_object_by_the_error_that_python_really_raises() -> None:
    made = {"_AsyncGeneratorContextManager": manager, "async_generator": generator}
    checked = 0
    for rule in all_rules():
        for name, kind in rule.seen_types.items():
            assert rule.seen(error_of(rule.construct, made[name]())) is kind  # type: ignore[no-untyped-call]
            checked += 1
    assert checked >= len(all_rules())


SOURCE = """
async def f(a, b):
    async with a as x, b() as y:
        with a, b:
            await x
    [1 async for p in a for q in p]
    async for r in y:
        for s in r: pass
"""
EXPECTED = {
    Construct.ASYNC_WITH: ["async with a", "b()"],
    Construct.WITH: ["with a", "b"],
    Construct.AWAIT: ["await x"],
    Construct.ASYNC_FOR: ["async for p in a", "async for r in y"],
    Construct.FOR: ["q in p", "for s in r"],
}


@pytest.mark.parametrize("construct", list(Construct))
def test_every_use_of_a_construct_is_found_with_its_region(construct: Construct) -> None:
    parsed = parse(ModuleFile("m.py", Origin.SOURCE, "m", is_package=False), textwrap.dedent(SOURCE).encode())
    found = list(occurrences(parsed, construct))
    lines = parsed.lines
    texts = [lines[one.region.line - 1][one.region.column - 1 : one.region.end_column - 1] for one in found]
    assert texts == EXPECTED[construct]
    assert all(isinstance(one.expression, ast.expr) for one in found)


def test_every_python_on_this_machine_says_it_in_words_that_are_known() -> None:
    pythons = sorted(
        {str(path.resolve()) for path in Path("/usr/bin").glob("python3.[0-9]*") if path.name[-1].isdigit()}
    )
    program = textwrap.dedent(
        """
        import asyncio, traceback
        class Nothing: pass
        for text in TEXTS:
            exec("async def use(it):\\n    " + text)
            try: asyncio.run(use(Nothing()))
            except Exception as error: print(traceback.format_exception_only(type(error), error)[-1].strip())
        """
    ).replace("TEXTS", repr(list(STATEMENTS.values())))
    for python in pythons:
        said = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True).stdout.splitlines()
        assert len(said) == len(STATEMENTS)
        assert [line for line in said if not is_protocol_error(line)] == [], python
