"""`repairbot scan --since REF`, on real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import DB, FINE, SAFE, UNDECIDED, Run, Tree
from tests.git_traps import commit, git

PLAIN_DB = DB.replace("@asynccontextmanager\n", "").replace("from contextlib import asynccontextmanager\n", "")
ENTERS = SAFE.replace("async for session in get_session():", "async with get_session() as session:")
CALLS = """\
async def one():
    async for item in Thing():
        print(item)


class Thing:
    async def __aenter__(self):
        return 1

    async def __aexit__(self, *error):
        pass

    async def __aiter__(self):
        yield 1
"""


@pytest.fixture
def repository(tree: Tree) -> Path:
    place = tree({"db.py": DB, "a.py": SAFE, "b.py": SAFE})
    git(place, "init", "--quiet", "--initial-branch=main")
    commit(place, {})
    return place


def found(run: Run, place: Path, *options: str) -> list[str]:
    return [entry["path"] for entry in run("scan", "--format", "json", *options, cwd=place).json["findings"]]


def test_what_nobody_touched_is_left_out_and_counted(repository: Path, run: Run) -> None:
    done = run("scan", "--since", "main", cwd=repository)
    assert done.code == 0, done.said
    assert done.text.splitlines()[0].startswith("Found nothing in 3 files")
    assert "2 findings left out as unchanged." in done.text
    assert len(found(run, repository)) == 2


def test_a_changed_line_reports_its_finding(repository: Path, run: Run) -> None:
    (repository / "b.py").write_text(SAFE.replace("session in get", "s in get").replace("print(session)", "print(s)"))
    assert found(run, repository, "--since", "HEAD") == ["b.py"]
    assert run("scan", "--since", "HEAD", cwd=repository).code == 1


def test_a_changed_line_elsewhere_in_the_file_reports_nothing(repository: Path, run: Run) -> None:
    (repository / "b.py").write_text(f"{SAFE}\n\nprint('new')\n")
    assert found(run, repository, "--since", "HEAD") == []


def test_a_changed_definition_reports_every_caller(repository: Path, run: Run) -> None:
    (repository / "db.py").write_text(DB.replace("yield 1", "yield 2"))
    assert found(run, repository, "--since", "HEAD") == ["a.py", "b.py"]


def test_a_decorator_that_was_added_reports_the_callers_that_were_left_behind(tree: Tree, run: Run) -> None:
    place = tree({"db.py": PLAIN_DB, "a.py": SAFE})
    git(place, "init", "--quiet")
    commit(place, {})
    (place / "db.py").write_text(DB)
    assert found(run, place, "--since", "HEAD") == ["a.py"]


def test_a_decorator_that_was_removed_reports_the_callers_that_were_left_behind(tree: Tree, run: Run) -> None:
    place = tree({"db.py": DB, "a.py": ENTERS})
    git(place, "init", "--quiet")
    commit(place, {})
    (place / "db.py").write_text(DB.replace("@asynccontextmanager\n", ""))
    assert found(run, place, "--since", "HEAD") == ["a.py"]


def test_a_method_that_was_removed_reports_the_uses_of_its_class(tree: Tree, run: Run) -> None:
    place = tree({"a.py": CALLS})
    git(place, "init", "--quiet")
    commit(place, {})
    assert found(run, place) == []
    (place / "a.py").write_text(CALLS[: CALLS.index("    async def __aiter__")])
    assert found(run, place, "--since", "HEAD") == ["a.py"]


def test_undecided_sites_are_narrowed_likewise(tree: Tree, run: Run) -> None:
    place = tree({"a.py": UNDECIDED, "b.py": FINE})
    git(place, "init", "--quiet")
    commit(place, {})
    assert run("scan", "--format", "json", "--since", "HEAD", cwd=place).json["undecided"] == []
    (place / "b.py").write_text(UNDECIDED)
    (entry,) = run("scan", "--format", "json", "--since", "HEAD", cwd=place).json["undecided"]
    assert entry["path"] == "b.py"


def test_the_json_says_what_was_compared(repository: Path, run: Run) -> None:
    said = run("scan", "--format", "json", "--since", "main", cwd=repository).json["since"]
    assert said == {"ref": "main", "commit": git(repository, "rev-parse", "HEAD"), "unchanged": 2}


def test_paths_below_the_root_are_compared_from_the_root(repository: Path, run: Run) -> None:
    (repository / "pkg").mkdir()
    (repository / "pkg/c.py").write_text(SAFE)
    assert found(run, repository / "pkg", "--since", "HEAD") == ["pkg/c.py"]


def test_an_unknown_commit_is_wrong_usage_before_anything_is_scanned(repository: Path, run: Run) -> None:
    done = run("scan", "--since", "nowhere", cwd=repository)
    assert (done.code, done.out) == (2, b"")
    assert "there is no commit 'nowhere'; give a branch, a tag or a commit id" in done.said


def test_a_project_without_git_is_wrong_usage(tree: Tree, run: Run) -> None:
    done = run("scan", "--since", "main", cwd=tree({"a.py": FINE}))
    assert done.code == 2
    assert "is not in a git repository" in done.said
