from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbot.model import Origin, Region
from repairbot.source.files import ModuleFile, Parsed
from repairbot.source.parsing import parse

FILE = ModuleFile("m.py", Origin.SOURCE, "m", is_package=False)


def parsed(source: str | bytes) -> Parsed:
    return parse(FILE, source if isinstance(source, bytes) else source.encode())


def last_name(of: Parsed) -> ast.Name:
    return [node for node in ast.walk(of.tree) if isinstance(node, ast.Name)][-1]


def test_columns_count_code_points_and_the_end_is_exclusive() -> None:
    file = parsed("'é' + '😀' + name")
    assert file.region(last_name(file)) == Region(1, 13, 1, 17)


def test_a_region_runs_from_its_first_to_its_last_node() -> None:
    file = parsed("async def f():\n    async for x in g(\n        'ü', 1):\n        pass\n")
    loop = next(node for node in ast.walk(file.tree) if isinstance(node, ast.AsyncFor))
    assert file.region(loop, loop.iter) == Region(2, 5, 3, 16)


@pytest.mark.parametrize("breaker", ["\x0c", "\x1c", "\x1d", "\x85", "\u2028", "\x0b"])
def test_only_carriage_return_and_newline_end_lines(breaker: str) -> None:
    file = parsed(f"a = '{breaker}'\n# {breaker}\nb = c\n")
    assert file.region(last_name(file)).line == 3
    assert file.lines[2] == "b = c\n"


def test_a_form_feed_before_a_statement_counts_as_a_column() -> None:
    file = parsed("x = 1\n\x0cname\n")
    assert file.region(last_name(file)) == Region(2, 2, 2, 6)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_counts_once(end: str) -> None:
    file = parsed(f"a = 1{end}{end}'''x{end}y'''{end}é = name{end}")
    assert file.region(last_name(file)) == Region(5, 5, 5, 9)
    assert "".join(file.lines) == file.text


def test_a_byte_order_mark_takes_no_column() -> None:
    file = parsed(b"\xef\xbb\xbfname\n")
    assert file.region(last_name(file)) == Region(1, 1, 1, 5)
    assert file.data.startswith(b"\xef\xbb\xbf")


def test_columns_of_a_file_with_a_coding_line_count_its_characters() -> None:
    file = parsed("# coding: latin-1\n'é', name\n".encode("latin-1"))
    assert file.region(last_name(file)) == Region(2, 6, 2, 10)


def test_an_impossible_position_inside_an_f_string_stays_within_the_file() -> None:
    file = parsed("x = f'''\n{é!r} {\n  é_name\n}'''\n")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Name):
            region = file.region(node)
            assert 1 <= region.line <= 4
            assert region.column >= 1


LINES = st.lists(
    st.sampled_from(["x = 1", "'é\u2028' ; x", "# \x1c", "", "\x0cx", "'''a", "b'''", "(", ")"]), max_size=8
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_name_is_found_at_its_region(lines: list[str], end: str) -> None:
    source = end.join(lines)
    try:
        ast.parse(source)
    except SyntaxError:
        return
    file = parsed(source)
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Name):
            region = file.region(node)
            assert file.lines[region.line - 1][region.column - 1 : region.end_column - 1] == node.id
