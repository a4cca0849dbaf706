from __future__ import annotations

from repairbot.model import Region, TextEdit
from repairbot.render.terminal.preview import preview
from repairbot.render.terminal.spans import plain

FILES = {
    "a.py": ["import x\n", "\n", "async def f():\n", "    async for s in get():\n", "        use(s)\n", ""],
    "b.py": ["async def get():\n", "    yield 1\n", ""],
}


def shown(*edits: TextEdit, home: str = "a.py", files: dict[str, list[str]] = FILES) -> str:
    return plain(preview(edits, lambda path: files.get(path, []), home))


def test_only_the_lines_that_change_are_shown() -> None:
    whole = Region(4, 5, 5, 15)
    edit = TextEdit("a.py", whole, "async with get() as s:\n        use(s)")
    assert shown(edit) == "-     async for s in get():\n+     async with get() as s:\n"


def test_edits_of_one_line_are_shown_together() -> None:
    edits = TextEdit("a.py", Region(4, 11, 4, 19), "with"), TextEdit("a.py", Region(4, 25, 4, 25), " as s")
    assert shown(*edits) == "-     async for s in get():\n+     async with get() as s:\n"


def test_the_order_and_number_of_equal_edits_do_not_matter() -> None:
    first, second = TextEdit("a.py", Region(1, 1, 1, 1), "import y\n"), TextEdit("a.py", Region(4, 11, 4, 14), "FOR")
    assert shown(second, first, second) == shown(first, second)


def test_an_insertion_shows_no_line_as_removed() -> None:
    assert shown(TextEdit("a.py", Region(1, 1, 1, 1), "import y\n")) == "+ import y\n"


def test_lines_of_another_file_come_under_its_path() -> None:
    edit = TextEdit("b.py", Region(1, 1, 1, 1), "@asynccontextmanager\n")
    assert shown(edit) == "b.py\n+ @asynccontextmanager\n"


def test_carriage_returns_are_no_change() -> None:
    files = {"a.py": ["one\n", "two\n", ""]}
    assert shown(TextEdit("a.py", Region(1, 1, 2, 4), "one\r\nTWO"), files=files) == "- two\n+ TWO\n"


def test_a_huge_change_is_cut() -> None:
    rows = shown(TextEdit("a.py", Region(5, 9, 5, 15), "x\n" * 100_000)).splitlines()
    assert len(rows) == 13
    assert rows[-1].startswith("... (more")


def test_hostile_and_endless_lines_are_tamed() -> None:
    rows = shown(TextEdit("a.py", Region(5, 9, 5, 15), "\x1b[2J" + "x" * 10_000)).splitlines()
    assert "\x1b" not in rows[1]
    assert len(rows[1]) == 140


def test_a_file_that_cannot_be_read_any_more_shows_nothing() -> None:
    assert shown(TextEdit("gone.py", Region(4, 1, 4, 3), "x"), home="gone.py") == ""


def test_edits_of_neighbouring_lines_are_one_change() -> None:
    edits = TextEdit("a.py", Region(4, 11, 4, 14), "FOR"), TextEdit("a.py", Region(5, 9, 5, 9), "    ")
    assert shown(*edits) == (
        "-     async for s in get():\n"
        "-         use(s)\n"
        "+     async FOR s in get():\n"
        "+             use(s)\n"
    )  # fmt: skip
