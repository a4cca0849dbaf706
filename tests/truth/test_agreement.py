"""One answer everywhere: any number of jobs, any order, a file or the whole, any root, and the real commands."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.truth import product
from tests.truth.examining import asked
from tests.truth.generating import compositions, is_known
from tests.truth.product import Said, Site
from tests.truth.projects import Case, numbered, write
from tests.truth.running import Place

SEED = random.randrange(10**6)
MARKERS = ("pyproject.toml", ".git", "")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    sys.stderr.write(f"seed {SEED}\n")  # shown with a failure
    return numbered([one for one in compositions(SEED, 80) if not is_known(one)][:25])


@pytest.fixture
def project(tmp_path: Path, cases: list[Case]) -> Path:
    write(tmp_path / "project", cases)
    return tmp_path / "project"


def said_in(scan: product.Scan, path: str) -> dict[Site, Said]:
    return {site: said for site, said in scan.said.items() if site.place.path == path}


def paths_of(cases: list[Case]) -> list[str]:
    return [path for one in cases for path, _ in one.on_disk()]


def test_the_number_of_jobs_changes_nothing(project: Path) -> None:
    assert product.scan(project, jobs=2) == product.scan(project, jobs=1)


def test_the_order_of_the_questions_changes_nothing(project: Path, cases: list[Case]) -> None:
    paths = paths_of(cases)
    assert product.explain(project, reversed(paths)) == product.explain(project, paths)


@pytest.mark.parametrize("marker", MARKERS)
def test_a_file_alone_is_judged_as_in_the_whole_project(
    tmp_path: Path, cases: list[Case], marker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "project"
    write(root, cases, marker=marker)
    monkeypatch.chdir(root)
    whole = product.scan(root)
    for one in cases:
        path = f"{one.package}/use.py"
        alone = product.scan(root, [Path(path)])
        assert {(site, said.verdict) for site, said in said_in(alone, path).items()} == {
            (site, said.verdict) for site, said in said_in(whole, path).items()
        }


def test_explaining_a_line_says_what_explaining_its_file_says(project: Path, cases: list[Case]) -> None:
    explained = asked(project, cases).explained
    for place in random.Random(SEED).sample(sorted({site.place for site in explained}), 6):
        assert product.explain_line(project, place) == {
            site: said for site, said in explained.items() if site.place == place
        }


def test_the_commands_say_what_the_functions_say(project: Path) -> None:
    found = json.loads(command(project, "scan", "--format", "json", "."))
    scan = product.scan(project)
    for word, verdict in (("findings", "finding"), ("undecided", "undecided")):
        assert set(places(found[word])) == {site for site, said in scan.said.items() if said.verdict == verdict}
    command(project, "fix", "--write", ".")
    assert {path: (project / path).read_bytes() for path in scan.changed} == scan.changed


def command(project: Path, *arguments: str) -> str:
    line = [sys.executable, "-P", "-m", "repairbot", *arguments]
    return subprocess.run(line, cwd=project, capture_output=True, text=True, check=False).stdout


def places(entries: list[Mapping[str, Any]]) -> Iterator[Site]:
    for one in entries:
        construct = str(product.RULES[one["rule"]].construct)
        yield Site(Place(one["path"], construct, one["end_line"], one["end_column"]), one["rule"])
