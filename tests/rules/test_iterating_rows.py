"""Each row of `iterating.toml` does what it says, and agrees with the shipped stubs."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairbot.model import Disposition, Safety
from repairbot.repair.ways import ClassRow, WayRow, rows
from repairbot.scan.pipeline import Settings, derive

WAYS = [(row, way) for row in rows().values() for way in row.ways]


@pytest.mark.parametrize(
    ("row", "way"), WAYS, ids=lambda one: getattr(one, "name", getattr(one, "after", "")) or "itself"
)
def test_the_example_of_a_row_is_fixed_by_its_way(tmp_path: Path, row: ClassRow, way: WayRow) -> None:
    (tmp_path / ".git").mkdir()
    before = f"    {row.before}\n" if row.before else ""
    text = f"{row.imports}\n\n\nasync def run(url):\n{before}    async for x in {row.opened}:\n        {way.example}\n"
    (tmp_path / "main.py").write_text(text, encoding="utf-8")
    found = derive(Settings((tmp_path,), tmp_path, ("RB101",), jobs=1))
    [finding] = found.findings
    assert finding.disposition is Disposition.FIX, finding
    assert finding.safety is (Safety.UNSAFE if way.doubt else Safety.SAFE), finding
    assert finding.group is not None
    after = found.changed([finding.group])["main.py"].decode()
    if way.bare:
        assert f"async for x in {row.opened}{way.after}:\n        {way.example}\n" in after
    else:
        name = after.partition(" as ")[2].partition(":")[0]
        assert f"        async for x in {name}{way.after}:\n            {way.example}\n" in after


@pytest.mark.parametrize("row", rows().values(), ids=lambda row: row.name)
def test_a_row_says_where_it_was_read(row: ClassRow) -> None:
    assert row.source.startswith("https://")
    assert row.read
    assert row.names
    for way in row.ways:
        head = way.after.removeprefix(".").partition(".")[0].partition("(")[0]
        assert not head or head in row.names
        assert (way.elements is None) != (way.element_names is None)


@pytest.mark.parametrize("row", rows().values(), ids=lambda row: row.name)
def test_a_row_names_all_that_the_stub_names(tmp_path: Path, row: ClassRow) -> None:
    import ast

    import repairbot.stubs

    package, _, name = row.name.rpartition(".")
    found: set[str] = set()
    for path in (Path(repairbot.stubs.__path__[0]) / package).rglob("*.pyi"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name == name:
                found |= {one.name for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert found, "no stub has the class"
    assert {one for one in found if not one.startswith("_")} <= row.names
