"""Nothing but the rewritten construct changes, whatever a file is made of."""

from __future__ import annotations

import pytest

from repairbot.model import Region
from repairbot.rule import Form, Recast, Refusal
from tests.repair.conftest import PATH, Bench

HEAD = "async def f():\n"

FILES = {
    "windows_line_ends": (
        b"async def f():\r\n    async for x in cm():\r\n        pass\r\n",
        b"async def f():\r\n    async with cm() as x:\r\n        pass\r\n",
    ),
    "mixed_line_ends": (
        b"y = 1\r\nasync def f():\n    async for x in cm():\r\n        pass\n        z\r",
        b"y = 1\r\nasync def f():\n    async with cm() as x:\r\n        pass\n        z\r",
    ),
    "lone_carriage_returns_elsewhere": (
        b"y = 1\rasync def f():\n    async for x in cm():\n        pass\r        z\r",
        b"y = 1\rasync def f():\n    async with cm() as x:\n        pass\r        z\r",
    ),
    "tabs": (
        b"async def f():\n\tasync for x in cm():\n\t\tpass\n",
        b"async def f():\n\tasync with cm() as x:\n\t\tpass\n",
    ),
    "a_byte_order_mark": (
        b"\xef\xbb\xbfasync def f():\n    async for x in cm():\n        pass\n",
        b"\xef\xbb\xbfasync def f():\n    async with cm() as x:\n        pass\n",
    ),
    "latin_1": (
        b"# coding: latin-1\nasync def f():\n    async for \xe9 in cm('\xfc'):  # \xf6\n        pass\n",
        b"# coding: latin-1\nasync def f():\n    async with cm('\xfc') as \xe9:  # \xf6\n        pass\n",
    ),
    "letters_of_two_and_more_bytes_before_the_loop": (
        "async def f():\n    '😀'; é = '→'\n    async for ü in cm('→'): '→'\n".encode(),
        "async def f():\n    '😀'; é = '→'\n    async with cm('→') as ü: '→'\n".encode(),
    ),
    "no_line_end_at_the_end": (
        b"async def f():\n    async for x in cm(): pass",
        b"async def f():\n    async with cm() as x: pass",
    ),
    "no_line_end_at_the_end_of_a_body_that_loses_a_jump": (
        b"async def f():\n    async for x in cm():\n        use(x)\n        break",
        b"async def f():\n    async with cm() as x:\n        use(x)",
    ),
    "form_feeds": (
        b"\x0c\nasync def f():\n\x0c    async for x in cm():\n        pass\n\x0c\n        z\n",
        b"\x0c\nasync def f():\n\x0c    async with cm() as x:\n        pass\n\x0c\n        z\n",
    ),
    "blank_lines_of_spaces": (
        b"async def f():\n    async for x in cm():\n      \n        pass  \n   \t\n\n  ",
        b"async def f():\n    async with cm() as x:\n      \n        pass  \n   \t\n\n  ",
    ),
    "line_separators_that_are_no_line_ends_for_python": (
        "async def f():\n    '\u2028\x85\x1c'\n    async for x in cm('\u2028'):\n        pass\n".encode(),
        "async def f():\n    '\u2028\x85\x1c'\n    async with cm('\u2028') as x:\n        pass\n".encode(),
    ),
}


@pytest.mark.parametrize(("before", "after"), FILES.values(), ids=FILES)
def test_the_rest_of_the_file_keeps_its(bench: Bench, before: bytes, after: bytes) -> None:
    assert bench.edited(before, bench.recasts(before)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("async  for  x  in  cm( ) :  # why", "async  with  cm( ) as x :  # why"),
        ("async for x in cm(  # a\n    1,  # b\n):  # c", "async with cm(  # a\n    1,  # b\n) as x:  # c"),
        ("async \\\n  for x in \\\n  cm(): \\\n", "async \\\n  with cm() as x: \\\n"),
        ("async for x in cm():  # noqa: E501", "async with cm() as x:  # noqa: E501"),
        ("async for x in cm():  # type: Session", "async with cm() as x:  # type: Session"),
        ("async for(x)in(cm()):", "async with (cm()) as (x):"),
        ("async for x in cm('''\n  text'''):", "async with cm('''\n  text''') as x:"),
        ('async for x in f"{cm}"():', 'async with f"{cm}"() as x:'),
    ],
)  # fmt: skip
def test_spacing_and_comments_of_the_loop_line_stay(bench: Bench, before: str, after: str) -> None:
    body = "        pass\n"
    assert bench.recast(f"{HEAD}    {before}\n{body}") == f"{HEAD}    {after}\n{body}"


def test_a_plain_swap_is_one_replacement_within_one_line(bench: Bench) -> None:
    [edit] = bench.edits(f"{HEAD}    async for x in cm():\n        use(x)\n")
    assert edit.replacement == "with cm() as x"
    assert (edit.region.line, edit.region.column, edit.region.end_line, edit.region.end_column) == (2, 11, 2, 24)


def test_a_body_that_libcst_would_not_give_back_is_no_hindrance_when_it_stays(bench: Bench) -> None:
    text = "    async {} cm(){}:\n        x = 1\n\x0c\n\x0c        y = 2\n"
    assert bench.recast(HEAD + text.format("for x in", "")) == HEAD + text.format("with", " as x")


def test_a_body_that_libcst_does_not_give_back_cannot_be_rewritten(bench: Bench) -> None:
    result = bench.recast(f"{HEAD}    async for x in cm():\n        y = 2\n\x0c\n\x0c        break\n")
    assert result == "refused: LibCST does not give the unchanged statement back byte for byte"


def test_a_string_of_several_lines_is_not_indented_with_its_statement(bench: Bench) -> None:
    before = "    async for x in cm():\n        f('''\n  a\n        b''', '''\\\n''')\n"
    after = (
        "    async with cm() as entered:\n"
        "        async for x in entered:\n"
        "            f('''\n  a\n        b''', '''\\\n''')\n"
    )
    assert bench.recast(HEAD + before, Form.ENTER_THEN_ITERATE) == HEAD + after


def test_a_lone_carriage_return_in_the_rewritten_lines_is_refused(bench: Bench) -> None:
    result = bench.recast("async def f():\r    async for x in cm():\r        pass\r")
    assert result == "refused: LibCST does not give the unchanged statement back byte for byte"


def test_bytes_that_do_not_survive_their_encoding_are_refused(bench: Bench) -> None:
    # One of several codes for the same character: encoding it again gives the usual one.
    data = b"# coding: cp932\nasync def f():\n    async for x in cm():  # \xfa\x54\n        pass\n"
    result = bench.rendered(data, [Recast(PATH, Region(3, 5, 3, 24), Form.ENTER)])
    assert result == Refusal("the file's bytes do not survive a round trip through its encoding, cp932")


def test_a_name_that_the_file_s_encoding_does_not_have_is_refused(bench: Bench) -> None:
    data = b"# coding: latin-1\nasync def f():\n    async for x in cm():\n        pass\n"
    edits = bench.recasts(data, Form.ENTER_THEN_ITERATE, "поток")
    assert bench.edited(data, edits) == Refusal("the new text does not fit the file's encoding, iso-8859-1")
