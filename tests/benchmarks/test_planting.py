"""Facts about what is planted, where, and what is left alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .planting import JUMP, LAYOUT, UNREADABLE, UNUSED, plant, survey
from .trees import surveyed
from .truth import asking


def planted(source: str) -> str:
    content = source.encode()
    return plant(content, survey("m.py", content).sites).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("async with f() as x:", "async for x in f():", id="a plain header"),
        pytest.param("async with f() as (a, b):", "async for a, b in f():", id="a tuple loses its parentheses"),
        pytest.param("async with f() as self.x:", "async for self.x in f():", id="an attribute as target"),
        pytest.param(
            "async with (\n        f()\n    ) as x:",
            "async for x in (\n        f()\n    ):",
            id="a value in parentheses",
        ),
        pytest.param(
            "async with f(\n        1,  # é\n    ) as x:  # why",
            "async for x in f(\n        1,  # é\n    ):  # why",
            id="lines and comments",
        ),
        pytest.param("async with (await f()) as x:", "async for x in (await f()):", id="an awaited value"),
    ],
)
def test_a_header_becomes_the_bug(before: str, after: str) -> None:
    body = "async def g(self):\n    {}\n        print(x)\n"
    assert planted(body.format(before)) == body.format(after)
    ast.parse(body.format(after))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("    async with (f() as x):\n        pass\n", LAYOUT, id="parentheses around the item"),
        pytest.param("    async with  f() as x:\n        pass\n", LAYOUT, id="odd spacing"),
        pytest.param("    async with f() \\\n        as x:\n        pass\n", LAYOUT, id="a continued line"),
        pytest.param("    async with f() as _:\n        pass\n", UNUSED, id="a target that is never read"),
        pytest.param("    while 1:\n        async with f() as x:\n            if x: break\n", JUMP, id="a jump"),
        pytest.param(
            "    for y in z:\n        async with f() as x:\n            for y in x: pass\n            else: continue\n",
            JUMP,
            id="a jump in the else of an inner loop",
        ),
    ],
)
def test_a_statement_that_cannot_be_swapped_is_counted(source: str, reason: str) -> None:
    found = survey("m.py", b"async def g(self):\n" + source.encode())
    assert (found.sites, found.left_out) == ((), (reason,))


def test_a_jump_of_an_inner_loop_or_function_is_no_obstacle() -> None:
    source = b"async def g():\n    async with f() as x:\n        for y in x: break\n        while x: continue\n"
    assert len(survey("m.py", source).sites) == 1


def test_statements_of_several_items_or_without_a_target_are_not_counted() -> None:
    found = survey("m.py", b"async def g():\n    async with f() as x, h() as y: pass\n    async with f(): pass\n")
    assert (found.sites, found.left_out) == ((), ())


def test_a_file_that_does_not_parse_is_counted() -> None:
    assert survey("m.py", b"async with f() as x\n").left_out == (UNREADABLE,)


def test_positions_hold_after_a_byte_order_mark_carriage_returns_and_wide_letters() -> None:
    source = (
        "\ufeffasync def é(): x = 'é'; \\\n   y = 1\r\nasync def g():\r\n    async with f('é') as x: pass\r\n".encode()
    )
    (site,) = survey("m.py", source).sites
    assert (site.line, site.column) == (4, 5)
    assert plant(source, [site]).endswith("    async for x in f('é'): pass\r\n".encode())


def test_sites_inside_one_another_and_inside_definitions_are_planted_in_different_rounds(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(
        "async def user():\n    async with f() as x:\n        async with x.g() as y: pass\n"
        "@asynccontextmanager\nasync def f():\n    async with h() as x:\n        yield x\n"
    )
    rounds = surveyed(tmp_path).rounds()
    assert [[site.line for site in sites] for sites in rounds] == [[2], [3], [6]]


def test_a_question_about_a_value_of_several_lines_moves_the_questions_below() -> None:
    source = b"async def g():\n    async with f(\n        1\n    ) as x: pass\n    async with h() as y: pass\n"
    content, lines = asking(source, survey("m.py", source).sites)
    ast.parse(content)
    assert list(lines.values()) == [range(2, 7), range(7, 8)]
