from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.model import Disposition, Evidence, Finding, Origin, Region, Safety, Skipped, TextEdit, Undecided
from repairbot.render.report import Report
from repairbot.render.terminal.colour import coloured
from repairbot.render.terminal.spans import plain
from repairbot.render.terminal.text import report_lines
from repairbot.scan.ignores import Ignore, Unused

LINES = ["async def f():\n", "    async for s in get():\n", "        use(s)\n", ""]
CHAIN = (
    Evidence("a.py", 2, "`get` is imported from `db`", Origin.SOURCE),
    Evidence("db.py", 8, "`get` is decorated with `contextlib.asynccontextmanager`", Origin.SOURCE),
    Evidence("contextlib.pyi", 110, "it gives an async context manager", Origin.STDLIB),
)
EDIT = TextEdit("a.py", Region(2, 5, 2, 26), "async with get() as s:")


def finding(
    disposition: Disposition = Disposition.FIX, safety: Safety | None = Safety.SAFE, reason: str | None = None
) -> Finding:
    edits = (EDIT,) if disposition is Disposition.FIX else ()
    group = "g" if edits else None
    message = "`get()` is an async context manager: `async for` cannot iterate it"
    return Finding(
        "RB101",
        "a.py",
        Region(2, 5, 2, 25),
        message,
        "get()",
        disposition,
        safety,
        reason,
        "0" * 64,
        group,
        edits,
        CHAIN,
    )


FIX = finding()
UNSAFE = finding(safety=Safety.UNSAFE, reason="what entering yields is unknown")
REFUSED = finding(Disposition.REFUSE, None, "a `break` would leave the loop early")
EXPECTED = finding(Disposition.EXPECTED, None, "inside `pytest.raises(TypeError)`")
WITHDRAWN = finding(Disposition.WITHDRAWN, None, "the object iterated")
OPEN = Undecided(
    "RB101",
    "b.py",
    Region(3, 1, 3, 9),
    "x()",
    "`x` is a parameter without a type",
    (Evidence("b.py", 1, "`x` …", Origin.SOURCE),),
)


def report(
    *findings: Finding,
    undecided: tuple[Undecided, ...] = (),
    skipped: tuple[Skipped, ...] = (),
    unused: tuple[Unused, ...] = (),
    ignored: int = 0,
) -> Report:
    return Report(Path("/r"), findings, undecided, skipped, unused, ignored, files=1200, candidates=3, seconds=0.42)


def shown(what: Report, verbosity: int = 0) -> str:
    return plain(report_lines(what, lambda path: LINES if path == "a.py" else [], verbosity))


def test_a_finding_shows_its_code_its_chain_and_its_fix() -> None:
    assert shown(report(FIX)) == (
        "a.py:2:5: RB101 `get()` is an async context manager: `async for` cannot iterate it\n"
        "    |\n"
        "  2 |     async for s in get():\n"
        "    |     ^^^^^^^^^^^^^^^^^^^^\n"
        "    1. a.py:2                       `get` is imported from `db`\n"
        "    2. db.py:8                      `get` is decorated with `contextlib.asynccontextmanager`\n"
        "    3. contextlib.pyi:110 (stdlib)  it gives an async context manager\n"
        "  fix: `repairbot fix` makes this change\n"
        "      -     async for s in get():\n"
        "      +     async with get() as s:\n"
        "\n"
        "Found 1 in 1,200 files (0.4 s): 1 with a fix (`repairbot fix`).\n"
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (UNSAFE, "  unsafe fix (needs --unsafe-fixes): what entering yields is unknown"),
        (REFUSED, "  no fix: a `break` would leave the loop early"),
        (EXPECTED, "  expected: inside `pytest.raises(TypeError)`"),
        (WITHDRAWN, "  withdrawn: the object iterated"),
    ],
)
def test_whatever_is_no_safe_fix_says_why(found: Finding, said: str) -> None:
    assert said in shown(report(found)).splitlines()


def test_a_change_that_mends_several_findings_is_shown_once() -> None:
    again = replace(FIX, path="b.py", fingerprint="1" * 64)
    text = shown(report(FIX, again))
    assert text.count("+     async with") == 1
    assert "      the same change as for a.py:2:5" in text.partition("b.py:2:5")[2].splitlines()


def test_the_summary_counts_by_what_becomes_of_the_findings() -> None:
    assert shown(report(FIX, UNSAFE, REFUSED, EXPECTED, WITHDRAWN)).splitlines()[-1] == (
        "Found 5 in 1,200 files (0.4 s): 1 with a fix (`repairbot fix`), 1 with an unsafe fix (`--unsafe-fixes`), "
        "1 without a fix, 1 expected to fail, 1 withdrawn."
    )


def test_nothing_found_is_one_line() -> None:
    assert shown(report()) == "Found nothing in 1,200 files (0.4 s).\n"


def test_what_was_not_looked_at_is_always_counted() -> None:
    what = report(undecided=(OPEN, OPEN), skipped=(Skipped("c.py", "syntax-error", "line 1: no"),), ignored=1)
    assert shown(what).splitlines()[1:] == [
        "2 sites undecided, 1 file skipped; -v lists them.",
        "1 finding ignored by comments.",
    ]


def test_verbose_lists_the_undecided_with_their_chain_and_the_skipped_with_their_reason() -> None:
    what = report(undecided=(OPEN,), skipped=(Skipped("c.py", "syntax-error", "line 1: no"),))
    assert shown(what, 1).splitlines() == [
        "b.py:3:1: RB101 undecided: `x()`: `x` is a parameter without a type",
        "    1. b.py:1  `x` …",
        "c.py: skipped (syntax-error): line 1: no",
        "",
        "Found nothing in 1,200 files (0.4 s).",
        "1 site undecided, 1 file skipped.",
    ]


def test_quiet_is_one_line_for_each_finding() -> None:
    rows = shown(report(FIX, REFUSED, undecided=(OPEN,)), -1).splitlines()
    assert [row[:17] for row in rows] == ["a.py:2:5: RB101 `", "a.py:2:5: RB101 `"]


def test_unused_ignores_are_listed() -> None:
    unused = Unused(
        "a.py", Ignore(7, "# repairbot: ignore[RB101]", ("RB101",), ours=True), "nothing is found on its line"
    )
    assert shown(report(unused=(unused,))).splitlines()[-1] == (
        "a.py:7: unused `# repairbot: ignore[RB101]`: nothing is found on its line"
    )


def hostile() -> Finding:
    nasty = "\x1b[31m\u202e\n\udcff" + "x" * 5000
    chain = (Evidence("db\n\x07.py", 1, nasty, Origin.SOURCE),)
    path = "a\n\x1b]0;title\x07\udcfe.py"
    return Finding(
        "RB101", path, Region(2, 5, 2, 25), nasty, nasty, Disposition.REFUSE, None, nasty, "0" * 64, None, (), chain
    )


def test_hostile_text_keeps_to_its_line_and_is_harmless() -> None:
    text = shown(report(hostile()))
    assert all(row.isprintable() and len(row) < 500 for row in text.splitlines())
    assert text.startswith("a\\n\\x1b]0;title\\x07%FE.py:2:5: RB101 \\x1b[31m\\u202e\\n\\udcff")


def test_the_same_text_in_colour_has_only_our_escapes() -> None:
    lines = list(report_lines(report(hostile(), FIX), lambda _: LINES, 0))
    text = coloured(lines)
    assert "\x1b[" in text
    assert "\x1b]" not in text
    assert strip(text) == "".join(row.rstrip() + "\n" for row in plain(lines).splitlines())


def strip(text: str) -> str:
    import re

    return "".join(row.rstrip() + "\n" for row in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines())


def test_a_file_that_cannot_be_read_any_more_leaves_out_the_code() -> None:
    text = plain(report_lines(report(FIX), lambda _: [], 0))
    assert "async for s in get()" not in text
    assert "a.py:2:5: RB101" in text
