from __future__ import annotations

from pathlib import Path

import pytest

from repairbot.impact.entry_rows import Example, examples, rows
from tests.evidence.targets import reach

PROJECT = '[project]\nname = "shop"\n[project.scripts]\nshop = "scripted:main"\n'


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.row.kind}: {one.name}")
def test_a_row_finds_the_way_in_of_its_example_and_no_other(example: Example, tmp_path: Path) -> None:
    known = reach(tmp_path, {example.file: example.text, "pyproject.toml": PROJECT})
    listed = [(one.kind, one.name, one.production) for one in known.entry_points]
    assert listed == [(example.row.kind, example.name, example.row.production)]
    assert (known.other_roots, known.unfollowed, known.limit) == (0, 0, None)


def test_every_row_has_an_example() -> None:
    assert {one.row for one in examples()} == set(rows().all)
