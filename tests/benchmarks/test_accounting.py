"""Facts about how planted sites, reports and fixed files are accounted for."""

from __future__ import annotations

from pathlib import Path

from . import tables
from .accounting import Fate, FileCheck, Report, check_file, fate_of, hits, reasons, shares, tally
from .causes import causes
from .checkers import ty_rows, zuban_rows
from .planting import Site, plant, survey
from .repairs import parse_scan
from .trees import checked, plant_round, put_back, surveyed, working_copy

SOURCE = b"""\
async def g():
    async with first() as x:
        print(x)
    async with second(
        1,
    ) as y:
        print(y)
"""
FIRST, SECOND = survey("m.py", SOURCE).sites


def test_a_file_that_reads_as_published_is_restored_without_damage() -> None:
    assert check_file(SOURCE, SOURCE, [FIRST, SECOND]) == FileCheck(frozenset({FIRST, SECOND}), frozenset(), ())


def test_a_header_that_still_holds_the_bug_is_left_and_no_damage() -> None:
    fixed = plant(SOURCE, [SECOND])
    assert check_file(SOURCE, fixed, [FIRST, SECOND]) == FileCheck(frozenset({FIRST}), frozenset({SECOND}), ())


def test_a_line_outside_the_headers_that_changed_is_damage() -> None:
    fixed = plant(SOURCE, [SECOND]).replace(b"print(x)", b"print( x)")
    assert check_file(SOURCE, fixed, [FIRST, SECOND]) == FileCheck(frozenset({FIRST}), frozenset({SECOND}), (3,))


def test_a_header_repaired_to_another_text_is_rewritten_and_damage() -> None:
    fixed = SOURCE.replace(b"first() as x", b"first() as  x")
    check = check_file(SOURCE, fixed, [FIRST, SECOND])
    assert check == FileCheck(frozenset({SECOND}), frozenset(), (2,))
    assert fate_of(FIRST, Report("fix", "safe", None), {"m.py": check}, legal=False).fate is Fate.REWRITTEN


def test_lines_put_in_are_damage() -> None:
    fixed = SOURCE.replace(b"        print(x)\n", b"        print(x)\n        print(x)\n")
    assert check_file(SOURCE, fixed, [FIRST]).damaged != ()


def test_every_site_has_the_fate_its_report_and_its_file_give() -> None:
    left = {"m.py": FileCheck(frozenset(), frozenset({FIRST}), ())}
    done = {"m.py": FileCheck(frozenset({FIRST}), frozenset(), ())}
    fix, refuse = Report("fix", "unsafe", "why"), Report("refuse", None, "why")
    undecided = Report("undecided", None, "why")

    def fate(report: Report | None, checks: dict[str, FileCheck], legal: bool = False) -> Fate:
        return fate_of(FIRST, report, checks, legal).fate

    assert fate(Report("fix", "safe", None), done) is Fate.RESTORED
    assert fate(fix, left) is Fate.UNSAFE
    assert fate(refuse, left) is Fate.REFUSED
    assert fate(Report("expected", None, "why"), left) is Fate.EXPECTED
    assert fate(undecided, left) is Fate.UNDECIDED
    assert fate(None, left) is Fate.MISSED
    assert fate(None, left, legal=True) is Fate.LEGAL
    assert fate(undecided, left, legal=True) is Fate.LEGAL
    assert fate(fix, done, legal=True) is Fate.FALSE_ALARM


def test_the_adjusted_share_leaves_out_what_is_legal_expected_or_refused() -> None:
    counts = {Fate.RESTORED: 6, Fate.MISSED: 2, Fate.LEGAL: 1, Fate.REFUSED: 1, Fate.EXPECTED: 2}
    assert (shares(counts).raw, shares(counts).adjusted) == (6 / 12, 6 / 8)


def test_a_diagnostic_on_any_line_of_a_header_names_the_site() -> None:
    assert hits([FIRST, SECOND], {"m.py": frozenset({6})}) == {SECOND}


def test_only_diagnostics_about_asynchronous_iteration_count() -> None:
    place = {"path": "m.py", "positions": {"begin": {"line": 3}}}
    rows = [
        {"check_name": "not-iterable", "description": "`C` is not async-iterable", "location": place},
        {"check_name": "not-iterable", "description": "`C` is not iterable", "location": place},
        {"check_name": "unresolved-import", "description": "no async-iterable", "location": place},
    ]
    assert ty_rows(rows) == rows[:1]
    output = 'm.py:3: error: "C" has no attribute "__aiter__" (not async iterable)\nm.py:4: error: other\n'
    assert zuban_rows(output) == [("m.py", 3)]


def test_a_report_is_found_by_its_place() -> None:
    finding = {"path": "m.py", "line": 2, "column": 5, "disposition": "fix", "safety": "safe", "reason": None}
    document = {"findings": [finding], "undecided": [{"path": "m.py", "line": 4, "reason": "why"}], "skipped": []}
    said = parse_scan(document, 1.0)
    assert said.about("m.py", 2, 5) == Report("fix", "safe", None)
    assert said.about("m.py", 2, 9) is None
    assert said.about("m.py", 4, 5) == Report("undecided", None, "why")


def test_a_working_copy_is_planted_checked_and_put_back(tmp_path: Path) -> None:
    tree = tmp_path / "project-1"
    tree.mkdir()
    (tree / "m.py").write_bytes(SOURCE)
    (tree / "other.py").write_bytes(b"x = 1\n")
    field = surveyed(tree)
    copy = working_copy(tree, tmp_path / "cache")
    plant_round(field, copy, field.sites)
    assert (copy / "m.py").read_bytes() == plant(SOURCE, field.sites)
    assert checked(field, copy, field.sites)["m.py"].left == frozenset(field.sites)
    (copy / "other.py").write_bytes(b"x = 2\n")
    (copy / "new.py").write_bytes(b"y = 1\n")
    checks = checked(field, copy, field.sites)
    assert (checks["other.py"].damaged, checks["new.py"].damaged) == ((1,), (1,))
    put_back(field, copy)
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == {"m.py": SOURCE, "other.py": b"x = 1\n"}


def test_a_table_has_one_line_a_project_and_the_totals() -> None:
    fates = dict.fromkeys((fate.value for fate in Fate), 0) | {"restored": 2, "found": 2, "seconds": 1.0}
    lists: dict[str, object] = {"damaged_lines": [], "untouched_findings": []}
    lists |= {"refused_by_reason": {}, "unsafe_by_reason": {}, "undecided_by_reason": {"… is | unknown": 1}}
    checker: dict[str, object] = {"found": 1, "seconds": 2.0}
    row = {"name": "p", "version": "1", "sites": 2, "legal": 0, "left_out": {}, "repairbot": fates | lists}
    row |= {"ty": checker, "zuban": checker}
    document = {"date": "2026-01-01", "versions": {"ty": "1"}, "python": "3.11", "machine": "m", "projects": [row, row]}
    text = tables.correctness(document)
    assert "| p 1 | 2 | 2 |" in text
    assert "| **all** | 4 | 4 |" in text
    assert "Damaged lines: 0." in text
    assert "| … is \\| unknown | 2 | p 1 (50.0 %), p 1 (50.0 %) |" in tables.reasons(document)


def test_counts_of_fates_add_up_to_the_sites() -> None:
    left = {"m.py": FileCheck(frozenset({SECOND}), frozenset({FIRST}), ())}
    outcomes = [fate_of(site, None, left, legal=False) for site in (FIRST, SECOND)]
    assert tally(outcomes) == {Fate.MISSED: 1, Fate.RESTORED: 1}
    assert isinstance(outcomes[0].site, Site)


def test_reasons_that_differ_only_in_names_count_as_one() -> None:
    left = {"m.py": FileCheck(frozenset(), frozenset({FIRST, SECOND}), ())}
    said = {FIRST: "no module 'a' in the target", SECOND: "no module 'b' in the target"}
    outcomes = [fate_of(site, Report("undecided", None, why), left, legal=False) for site, why in said.items()]
    assert reasons(outcomes, Fate.UNDECIDED) == {"no module … in the target": 2}


def test_causes_are_grouped_with_an_example_for_each_reason() -> None:
    row = {"project": "p", "path": "m.py", "line": 1, "fate": "undecided", "planted": "async for x in\n  y"}
    rows = [row | {"reason": "no module 'a'"}, row | {"reason": "no module 'b'", "line": 2}, row | {"fate": "restored"}]
    assert causes(rows) == [
        "    2 p: undecided: no module …",
        "        m.py:2  async for x in y  [no module 'b']",
        "        m.py:1  async for x in y  [no module 'a']",
    ]
