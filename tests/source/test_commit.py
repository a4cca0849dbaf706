from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from repairbot.git import repository as git_own
from repairbot.git import source
from repairbot.git.command import GitFailed
from repairbot.source.commit import CommitTree
from repairbot.source.tree import DirectoryTree
from tests.git_traps import commit, start

FILES = {
    "a.py": "x = 1\n",
    "setup.cfg": "[metadata]\n",
    "pkg/deep/b.py": "y = 1\n",
    "pkg/pyproject.toml": "",
    "notes.txt": "no Python\n",
    "node_modules/c.py": "",
    "env/pyvenv.cfg": "",
    "env/lib/d.py": "",
    "vendor/e.py": "",
    ".hidden/f.py": "",
    "docs/g.py": "",
    "tests/.tox/h.py": "",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    place = start(tmp_path / "user" / "repository")
    (place / "link.py").symlink_to("a.py")
    commit(place, FILES)
    return place


@pytest.fixture
def repository(checkout: Path, tmp_path: Path) -> Path:
    return git_own.borrow_history(source.find(checkout), tmp_path / "history.git")


@pytest.mark.parametrize("exclude", [(), ("vendor/",), ("*.py", "!a.py"), ("pkg/**/b.py", "docs/g.py")])
def test_a_commit_holds_what_a_walk_over_its_checkout_finds(
    checkout: Path, repository: Path, exclude: tuple[str, ...]
) -> None:
    walked, tree = DirectoryTree.walk(checkout, exclude), CommitTree.of(repository, git_own.BASE, exclude)
    assert tuple(tree.paths()) == tuple(walked.paths())
    assert tuple(tree.settings_files()) == tuple(walked.settings_files())
    assert tree.skipped == walked.skipped
    for path in (*tree.paths(), *tree.settings_files()):
        assert tree.read(path) == walked.read(path)
    tree.close()


def test_it_can_be_handed_to_another_process_and_read_after_closing(repository: Path) -> None:
    tree = CommitTree.of(repository, git_own.BASE)
    assert tree.read("a.py") == b"x = 1\n"
    other = pickle.loads(pickle.dumps(tree))
    tree.close()
    assert other.read("pkg/deep/b.py") == tree.read("pkg/deep/b.py") == b"y = 1\n"
    other.close()
    tree.close()


def test_what_is_not_in_the_commit_cannot_be_read(repository: Path) -> None:
    tree = CommitTree.of(repository, git_own.BASE)
    for path in ("link.py", "missing.py", "../repository/a.py"):
        with pytest.raises(OSError, match="no such file"):
            tree.read(path)
    with pytest.raises(GitFailed):
        CommitTree.of(repository, "0" * 40)
