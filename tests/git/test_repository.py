from __future__ import annotations

from pathlib import Path

import pytest

from repairbot.git import objects
from repairbot.git import repository as git_own
from repairbot.git import source as git_source
from repairbot.git.command import GitFailed
from repairbot.git.repository import Person
from tests.git_traps import commit, git, start

AUTHOR = Person("Ünï <bot>", "bot@example.org", "1700000000 +0130")
OTHER = Person("repairbot", "bot@example.org", "1700000001 +0000")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    place = start(tmp_path / "user" / "repository")
    commit(place, {"first": "1\n"})
    (place / "link").symlink_to("a.py")
    (place / "run.sh").write_text("#!/bin/sh\n")
    (place / "run.sh").chmod(0o755)
    commit(place, {"a.py": "x = 1\n", "pkg/b.py": "y = 1\n", ".gitattributes": "* text eol=lf ident\n"})
    return place


@pytest.fixture
def own(repository: Path, tmp_path: Path) -> Path:
    source = git_source.find(repository)
    history = git_own.borrow_history(source, tmp_path / "history.git")
    return git_own.copy_commit(history, source.commit, tmp_path / "own.git")


def base(own: Path) -> str:
    return git_own.run(own, "rev-parse", git_own.BASE).decode().strip()


def made(own: Path, files: dict[str, bytes], message: str = "fix\n") -> str:
    return git_own.commit_files(own, base(own), files, message, AUTHOR, OTHER)


def show(own: Path, commit_id: str, path: str) -> bytes:
    return git_own.run(own, "cat-file", "blob", f"{commit_id}:{path}")


def test_a_copy_holds_one_commit_whole_and_no_ancestor(own: Path, repository: Path) -> None:
    assert git_own.run(own, "rev-list", "--count", git_own.BASE).decode().strip() == "1"
    assert git_own.run(own, "fsck", "--full", "--strict") == b""
    listed = git(repository, "ls-tree", "-r", "--full-tree", "HEAD")
    assert git_own.run(own, "ls-tree", "-r", "--full-tree", git_own.BASE).decode().strip() == listed


def test_our_repositories_have_neither_hooks_nor_template(own: Path) -> None:
    assert not {"hooks", "info", "description", "branches"} & {path.name for path in own.iterdir()}


def test_a_history_reads_old_commits_where_they_lie(repository: Path, tmp_path: Path) -> None:
    history = git_own.borrow_history(git_source.find(repository), tmp_path / "history.git")
    assert git_own.run(history, "log", "--format=%s", git_own.BASE, "--", "first").decode() == "change\n"
    assert not [path for path in (history / "objects").rglob("*") if path.is_file() and path.name != "alternates"]


def test_a_history_of_a_shallow_clone_ends_where_the_clone_ends(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path / "user", "clone", "--quiet", "--depth=1", f"file://{repository}", str(clone))
    source = git_source.find(clone)
    history = git_own.borrow_history(source, tmp_path / "history.git")
    assert git_own.run(history, "rev-list", "--count", git_own.BASE).decode().strip() == "1"
    own = git_own.copy_commit(history, source.commit, tmp_path / "own.git")
    assert git_own.run(own, "fsck") == b""


def test_a_repository_with_alternates_is_copied_whole(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "user" / 'cl"one'
    git(tmp_path / "user", "clone", "--quiet", "--shared", str(repository), str(clone))
    source = git_source.find(clone)
    own = git_own.copy_commit(git_own.borrow_history(source, tmp_path / "h"), source.commit, tmp_path / "own.git")
    assert show(own, git_own.BASE, "a.py") == b"x = 1\n"


def test_the_same_input_gives_the_same_commit(own: Path, repository: Path, tmp_path: Path) -> None:
    source = git_source.find(repository)
    second = git_own.copy_commit(git_own.borrow_history(source, tmp_path / "h"), source.commit, tmp_path / "second.git")
    edits = {"pkg/b.py": b"y = 2\n", "a.py": b"x = 2\n"}
    assert made(own, edits) == made(own, edits) == made(second, dict(reversed(edits.items())))
    assert made(own, edits) != made(own, edits, "other\n")


def test_a_commit_records_who_when_and_why(own: Path) -> None:
    text = git_own.run(own, "cat-file", "commit", made(own, {"a.py": b""}, "Title\n\nBody #1\n")).decode()
    assert text.splitlines()[1:4] == [
        f"parent {base(own)}",
        "author Ünï bot <bot@example.org> 1700000000 +0130",
        "committer repairbot <bot@example.org> 1700000001 +0000",
    ]
    assert text.endswith("\n\nTitle\n\nBody #1\n")


def test_a_commit_changes_these_bytes_and_nothing_else(own: Path) -> None:
    content = b"\xef\xbb\xbfx = '$Id$'\r\n\0"
    new = made(own, {"run.sh": content})
    assert show(own, new, "run.sh") == content
    raw = git_own.run(own, "diff-tree", "-r", "--raw", "--no-abbrev", git_own.BASE, new).decode().split()
    assert (raw[0], raw[1], raw[4:]) == (":100755", "100755", ["M", "run.sh"])


def test_a_new_file_is_an_ordinary_one(own: Path) -> None:
    new = made(own, {"tests/test_new.py": b"pass\n"})
    entries = {entry.path: entry.mode for entry in objects.entries(own, new)}
    assert entries["tests/test_new.py"] == "100644"


def test_an_odd_name_is_kept(own: Path) -> None:
    name = 'a\n"b\udcff.py'
    new = made(own, {name: b"pass\n"})
    assert name in {entry.path for entry in objects.entries(own, new)}


@pytest.mark.parametrize("path", ["../out.py", ".git/config", "/abs.py", "a.py/below", "pkg", "", "pkg//b.py"])
def test_a_path_that_is_no_file_of_the_tree_is_refused(own: Path, path: str) -> None:
    with pytest.raises(GitFailed):
        made(own, {path: b"evil"})
    assert not (own / "index.new").exists()


def test_a_link_is_not_edited(own: Path) -> None:
    with pytest.raises(GitFailed, match="a link or a submodule"):
        made(own, {"link": b"evil"})


def test_no_change_is_a_commit_with_the_same_tree(own: Path) -> None:
    new = made(own, {})
    assert git_own.run(own, "diff-tree", "-r", git_own.BASE, new) == b""


def test_a_branch_is_fetched_into_the_users_repository_with_its_base_known(own: Path, repository: Path) -> None:
    git_own.set_branch(own, "repairbot/fix", made(own, {"a.py": b"x = 2\n"}))
    git(repository, "fetch", "--quiet", str(own), "repairbot/fix")
    assert git(repository, "show", "FETCH_HEAD:a.py") == "x = 2"
    assert git(repository, "log", "--format=%s", "FETCH_HEAD").splitlines() == ["fix", "change", "change"]
    assert not (repository / ".git/shallow").exists()


@pytest.mark.parametrize("name", ["-x", "a..b", "a b", "@{-1}", "refs/../x", "x.lock", ""])
def test_a_name_that_git_does_not_take_makes_no_branch(own: Path, name: str) -> None:
    with pytest.raises(GitFailed):
        git_own.set_branch(own, name, base(own))


def test_contents_come_one_by_one_and_a_missing_one_is_an_error(own: Path) -> None:
    oids = {entry.path: entry.oid for entry in objects.entries(own, git_own.BASE)}
    assert list(objects.blobs(own, [oids["a.py"], oids["run.sh"], oids["a.py"]])) == [
        b"x = 1\n",
        b"#!/bin/sh\n",
        b"x = 1\n",
    ]
    with objects.Blobs.of(own) as blobs:
        assert blobs.read(oids["pkg/b.py"]) == b"y = 1\n"
        with pytest.raises(GitFailed, match="is missing"):
            blobs.read("0" * 40)
    with pytest.raises(GitFailed, match="is missing"):
        list(objects.blobs(own, [base(own)]))
