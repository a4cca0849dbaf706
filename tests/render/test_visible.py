from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbot.render.escape.visible import capped, visible, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 漢字 🙂", "plain é 漢字 🙂"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb\rc\td", "a\\nb\\rc\\td"),
        ("\u202eevil", "\\u202eevil"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\x9b31m\x7f", "\\x9b31m\\x7f"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\udcff"),
        ("\u2028", "\\u2028"),
    ],
)
def test_what_could_steer_a_terminal_is_written_as_its_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_is_printable_and_stays_as_it_is(text: str) -> None:
    once = visible(text)
    assert once.isprintable()
    assert visible(once) == once


def test_long_text_is_cut_with_a_mark() -> None:
    assert capped("x" * 401) == "x" * 396 + " ..."
    assert capped("x" * 400) == "x" * 400


def test_width_counts_cells() -> None:
    assert width("abc") == 3
    assert width("漢字") == 4
    assert width("e\u0301") == 1
