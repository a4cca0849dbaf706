from __future__ import annotations

import os
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.git import command
from repairbot.git import source as git_source
from tests.git_traps import commit, start
from tests.git_traps import git as plain_git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    place = start(tmp_path / "user" / "repository")
    commit(place, {"pkg/a.py": "x = 1\n"})
    return place


def head(place: Path) -> str:
    return plain_git(place, "rev-parse", "HEAD")


def test_a_path_anywhere_below_leads_to_the_repository(repository: Path) -> None:
    for path in (repository, repository / "pkg", repository / "pkg/a.py"):
        source = git_source.find(path)
        assert (source.root, source.commit, source.branch) == (repository, head(repository), "main")
        assert (source.cut, source.object_format, source.objects) == ((), "sha1", repository / ".git/objects")


def test_a_bare_repository_has_no_folder_of_files(repository: Path, tmp_path: Path) -> None:
    plain_git(tmp_path / "user", "clone", "--quiet", "--bare", str(repository), str(tmp_path / "bare.git"))
    source = git_source.find(tmp_path / "bare.git")
    assert (source.root, source.commit, source.branch) == (None, head(repository), "main")


def test_a_shallow_clone_says_where_its_history_is_cut(repository: Path, tmp_path: Path) -> None:
    commit(repository, {"b.py": ""})
    clone = tmp_path / "shallow"
    plain_git(tmp_path / "user", "clone", "--quiet", "--depth=1", f"file://{repository}", str(clone))
    assert git_source.find(clone).cut == (head(repository),)


def test_a_detached_head_has_no_branch(repository: Path) -> None:
    plain_git(repository, "checkout", "--quiet", "--detach")
    source = git_source.find(repository)
    assert (source.branch, source.commit) == (None, head(repository))


def test_a_linked_work_tree_has_a_head_of_its_own_and_the_common_objects(repository: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    plain_git(repository, "worktree", "add", "--quiet", "-b", "other", str(linked))
    commit(linked, {"b.py": ""})
    source = git_source.find(linked)
    assert (source.root, source.branch, source.commit) == (linked, "other", head(linked))
    assert source.objects == repository / ".git/objects"


def test_a_repository_of_long_names_is_read(tmp_path: Path) -> None:
    place = start(tmp_path / "long", "--object-format=sha256")
    made = commit(place, {"a.py": ""})
    source = git_source.find(place)
    assert (source.object_format, source.commit, len(made)) == ("sha256", made, 64)


def test_another_revision_can_be_asked_for(repository: Path) -> None:
    first = head(repository)
    commit(repository, {"b.py": ""})
    plain_git(repository, "tag", "-a", "v1", "-m", "one", first)
    for revision in ("v1", "HEAD~1", first[:8], "main^"):
        assert git_source.find(repository, revision).commit == first


def test_tags_are_named_with_what_they_point_at(repository: Path) -> None:
    plain_git(repository, "tag", "light")
    plain_git(repository, "tag", "-a", "v1", "-m", "one")
    (repository / ".git/refs/tags/bro ken").write_text("0\n")
    assert git_source.find(repository).tags == (
        ("refs/tags/light", head(repository)),
        ("refs/tags/v1", plain_git(repository, "rev-parse", "refs/tags/v1")),
    )


def test_a_folder_with_odd_characters_is_read(tmp_path: Path) -> None:
    place = start(tmp_path / os.fsdecode(b'od"d\\na\nme \xff'))
    made = commit(place, {"a.py": ""})
    source = git_source.find(place)
    assert (source.commit, source.objects) == (made, place / ".git/objects")


# What is in the way


def sentence(path: Path, revision: str = "HEAD") -> str:
    with pytest.raises(UsageError) as refused:
        git_source.find(path, revision)
    return str(refused.value)


def test_a_folder_without_repository(tmp_path: Path) -> None:
    assert "not in a git repository" in sentence(tmp_path)
    assert "`repairbot scan`" in sentence(tmp_path)


def test_a_repository_without_commits(tmp_path: Path) -> None:
    assert "commit your files first" in sentence(start(tmp_path / "new"))


def test_an_unborn_branch(repository: Path) -> None:
    plain_git(repository, "checkout", "--quiet", "--orphan", "empty")
    assert "HEAD names no commit" in sentence(repository)


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:pkg/a.py", "HEAD^{tree}", "", "main..main"])
def test_a_revision_that_is_no_commit(repository: Path, revision: str) -> None:
    assert f"there is no commit {revision!r}" in sentence(repository, revision)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("HEAD", "rubbish\n", "needs git and a repository"),
        ("config", "[core\n", "bad config line 1"),
        ("config", "[core]\n\trepositoryFormatVersion = 99\n", "Expected git repo version"),
    ],
)
def test_a_damaged_repository(repository: Path, name: str, content: str, words: str) -> None:
    (repository / ".git" / name).write_text(content)
    assert words in sentence(repository)


def test_a_git_file_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    assert "not a git repository" in sentence(tmp_path)


def test_git_is_not_installed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in sentence(repository)


def test_a_configuration_that_never_ends(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(repository / ".git/more")
    with (repository / ".git/config").open("a") as config:
        config.write("[include]\n\tpath = more\n")
    monkeypatch.setattr(command, "_PATIENCE", 0.5)
    assert "gave no answer" in sentence(repository)
