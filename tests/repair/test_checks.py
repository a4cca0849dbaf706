"""A check that fails says so."""

from __future__ import annotations

import warnings

import pytest

from repairbot.model import Region, TextEdit
from repairbot.repair.checks import check_compiles, check_only_spans_changed
from repairbot.repair.kept import check_kept
from repairbot.repair.layout import apply
from repairbot.repair.refused import Refused

OLD = "\ufeff# coding: utf-8\r\né = 1\nü = 'é'\n".encode()
EDIT = TextEdit("a.py", Region(3, 6, 3, 7), "→→")
NEW = "\ufeff# coding: utf-8\r\né = 1\nü = '→→'\n".encode()


def test_a_change_inside_of_the_spans_is_fine() -> None:
    assert apply(OLD, [EDIT]) == NEW
    check_only_spans_changed(OLD, [EDIT], NEW)


@pytest.mark.parametrize("at", [0, 3, 20, 22, 30, -2, -1])
def test_a_byte_that_changed_outside_of_the_spans_is_noticed(at: int) -> None:
    new = bytearray(NEW)
    new[at] ^= 1
    with pytest.raises(Refused, match="the rewrite would change text outside of its edits"):
        check_only_spans_changed(OLD, [EDIT], bytes(new))


@pytest.mark.parametrize("new", [NEW[:-1], NEW + b"\n", NEW[3:], NEW.replace(b"\r\n", b"\n"), b""])
def test_a_byte_that_is_missing_or_new_is_noticed(new: bytes) -> None:
    with pytest.raises(Refused, match="the rewrite would change text outside of its edits"):
        check_only_spans_changed(OLD, [EDIT], new)


def test_edits_that_touch_the_same_text_are_refused() -> None:
    other = TextEdit("a.py", Region(3, 5, 3, 7), "")
    with pytest.raises(Refused, match=r"two edits touch the same text at line 3 of a\.py"):
        apply(OLD, [EDIT, other])


def test_equal_edits_are_made_once() -> None:
    assert apply(OLD, [EDIT, EDIT]) == NEW


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = (", "'(' was never closed"),
        ("break", "'break' outside loop"),
        ("def f(): await x", "'await' outside async function"),
        ("x = 1\0", "null bytes"),
    ],
)
def test_a_file_that_does_not_compile_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match="the rewritten file would not compile: ") as refused:
        check_compiles("a.py", text.encode())
    assert reason in str(refused.value)


def test_a_file_is_compiled_without_a_word_about_its_style_and_never_run() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_compiles("a.py", b"x = '\\d'\nassert (1, 'a')\nraise SystemExit\n")


LOOP = "    async for x in cm():\n        use(x)\n        '\\d'\n"
BLOCK = LOOP.replace("for x in cm()", "with cm() as x")


def test_a_statement_that_keeps_all_it_said_is_fine() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_kept(LOOP, BLOCK, 1)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (LOOP, "the rewritten statement would not enter exactly what was iterated"),
        (BLOCK.replace("cm()", "cm"), "the rewritten statement would not enter exactly what was iterated"),
        (BLOCK.replace("cm()", "cm(), cm()"), "the rewritten statement would not enter exactly what was iterated"),
        (BLOCK.replace("use(x)", "pass"), "the rewritten statement would lose or change another statement"),
        (BLOCK.replace("use(x)", "use(y)"), "the rewritten statement would lose or change another statement"),
        (BLOCK + "    more()\n", "the rewritten statement would lose or change another statement"),
        (BLOCK.replace(":", ""), "the rewritten statement does not parse: expected ':'"),
    ],
)
def test_a_statement_that_says_less_more_or_else_is_noticed(new: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        check_kept(LOOP, new, 1)
    assert str(refused.value) == reason
