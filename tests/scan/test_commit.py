from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.config.load import Config
from repairbot.git import repository as git_own
from repairbot.git import source
from repairbot.rules.registry import all_rules
from repairbot.scan.commit import survey
from repairbot.scan.pipeline import derived
from repairbot.source.commit import CommitTree, ObjectUnreadable
from repairbot.source.snapshot import Snapshot
from tests.git_traps import commit, git, start

MODULES = 120
MANAGER = """from contextlib import asynccontextmanager
@asynccontextmanager
async def cm{n}():
    yield {n}
"""
USER = "from m{n} import cm{n}\nasync def f():\n    async for x in cm{n}():\n        print(x)\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As many modules that define a manager as modules that misuse one: no two of them are the same."""
    place = start(tmp_path / "user" / "repository")
    files = {f"m{n}.py": MANAGER.format(n=n) for n in range(MODULES)}
    commit(place, files | {f"u{n}.py": USER.format(n=n) for n in range(MODULES)})
    return place


@pytest.fixture
def repository(checkout: Path, tmp_path: Path) -> Path:
    return git_own.borrow_history(source.find(checkout), tmp_path / "history.git")


def test_a_commit_comes_to_what_its_checkout_comes_to_with_any_number_of_jobs(checkout: Path, repository: Path) -> None:
    scanned = derived(Snapshot.of([checkout]), all_rules(), 1).findings
    assert len(scanned) == MODULES
    for jobs in (1, 2, 4):
        found = survey(repository, git_own.BASE, all_rules(), replace(Config(), jobs=jobs))
        assert found.findings == scanned, f"{jobs} jobs"
        assert found.derivation.undecided == ()


def test_a_missing_object_ends_the_run_and_is_never_a_doubt(checkout: Path, repository: Path) -> None:
    tree = CommitTree.of(repository, git_own.BASE)
    oid = git(checkout, "rev-parse", "HEAD:m7.py")
    for place in (checkout / ".git", repository):
        (place / "objects" / oid[:2] / oid[2:]).unlink(missing_ok=True)
    for jobs in (1, 2):
        with pytest.raises(ObjectUnreadable, match=r"m7\.py.*git fsck"):
            derived(Snapshot(repository, tree, frozenset(tree.paths())), all_rules(), jobs)
    tree.close()
