from __future__ import annotations

from collections.abc import Sequence

from repairbot.model import Region
from repairbot.render.terminal.frame import frame
from repairbot.render.terminal.spans import plain


def shown(lines: Sequence[str], region: Region) -> str:
    return plain(frame(lines, region))


def test_the_region_is_underlined() -> None:
    assert shown(["a\n", "    async for x in f():\n"], Region(2, 5, 2, 23)) == (
        "  |\n"
        "2 |     async for x in f():\n"
        "  |     ^^^^^^^^^^^^^^^^^^\n"
    )  # fmt: skip


def test_a_region_over_several_lines_is_underlined_on_each() -> None:
    lines = ["async for x in f(\n", "    1,  \n", "):\n"]
    assert shown(lines, Region(1, 1, 3, 2)) == (
        "  |\n"
        "1 | async for x in f(\n"
        "  | ^^^^^^^^^^^^^^^^^\n"
        "2 |     1,\n"
        "  |     ^^\n"
        "3 | ):\n"
        "  | ^\n"
    )  # fmt: skip


def test_the_middle_of_a_long_region_is_left_out() -> None:
    lines = ["f(\n", *(f"    {number},\n" for number in range(2, 10)), ")\n"]
    rows = shown(lines, Region(1, 1, 10, 2)).splitlines()
    assert [row for row in rows if row.split(" | ")[0].strip().isdigit() or row == "..."] == [
        " 1 | f(",
        " 2 |     2,",
        " 3 |     3,",
        "...",
        "10 | )",
    ]


def test_tabs_and_wide_characters_keep_the_underline_in_place() -> None:
    assert shown(["\t漢 = f()\n"], Region(1, 6, 1, 9)) == (
        "  |\n"
        "1 |     漢 = f()\n"
        "  |          ^^^\n"
    )  # fmt: skip


def test_control_characters_are_escaped_and_counted() -> None:
    assert shown(["'\x1b' f()\n"], Region(1, 5, 1, 8)) == (
        "  |\n"
        "1 | '\\x1b' f()\n"
        "  |        ^^^\n"
    )  # fmt: skip


def test_a_very_long_line_is_cut_around_the_region() -> None:
    rows = shown(["x" * 5000 + "HERE" + "y" * 5000 + "\n"], Region(1, 5001, 1, 5005)).splitlines()
    assert max(map(len, rows)) < 130
    start = rows[1].index("HERE")
    assert rows[2].index("^") == start
    assert rows[2].count("^") == 4
    assert rows[1].endswith("...")


def test_a_region_that_is_longer_than_a_screen_is_cut_at_its_end() -> None:
    rows = shown(["f(" + "a" * 5000 + ")\n"], Region(1, 1, 1, 5004)).splitlines()
    assert max(map(len, rows)) < 130
    assert rows[1].startswith("1 | f(a")


def test_a_region_that_the_file_no_longer_has_shows_nothing() -> None:
    assert frame(["one\n"], Region(3, 1, 3, 2)) == []
    assert frame([], Region(1, 1, 1, 2)) == []
