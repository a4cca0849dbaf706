"""A repository takes nothing along from another one of the user's, whatever stands in its `.git`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.git import source as git_source
from repairbot.git.own_folder import check_own
from repairbot.harness.workspace import opened
from tests.git_traps import commit, git, start

FILES = {"private/key.txt": "a file of the user's\n"}


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Another repository of the user, with a tree that the attacker knows the name of."""
    place = start(tmp_path / "user" / "victim")
    commit(place, FILES)
    return place


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    place = start(tmp_path / "downloads" / "hostile")
    commit(place, {"a.py": "x = 1\n"})
    return place


def graft(hostile: Path, victim: Path) -> None:
    """A commit with an entry that is a tree of the victim's."""
    oid = git(victim, "rev-parse", "HEAD:private")
    theirs = str(victim / ".git/objects")
    tree = git(hostile, "write-tree")
    lines = git(hostile, "ls-tree", tree)
    (hostile / "listing").write_text(f"{lines}\n040000 tree {oid}\tprivate\n", encoding="utf-8")
    made = git(hostile, "-c", "alias.mk=!git mktree < listing", "mk", GIT_ALTERNATE_OBJECT_DIRECTORIES=theirs)
    (hostile / "listing").unlink()
    made = git(hostile, "commit-tree", "-m", "graft", made, GIT_ALTERNATE_OBJECT_DIRECTORIES=theirs)
    git(hostile, "update-ref", "HEAD", made)


def alternates(hostile: Path, victim: Path) -> None:
    (hostile / ".git/objects/info/alternates").write_text(f"{victim}/.git/objects\n", encoding="utf-8")


def relative_alternates(hostile: Path, victim: Path) -> None:
    to = os.path.relpath(victim / ".git/objects", hostile / ".git/objects")
    (hostile / ".git/objects/info/alternates").write_text(f"# a comment\n{to}\n", encoding="utf-8")


def quoted_alternates(hostile: Path, victim: Path) -> None:
    (hostile / ".git/objects/info/alternates").write_text(f'"{victim}/.git/objects"\n', encoding="utf-8")


def nested_alternates(hostile: Path, victim: Path) -> None:
    between = hostile / "between" / "objects"
    (between / "info").mkdir(parents=True)
    (between / "info" / "alternates").write_text(f"{victim}/.git/objects\n", encoding="utf-8")
    (hostile / ".git/objects/info/alternates").write_text(f"{between}\n", encoding="utf-8")


def alternates_through_a_link(hostile: Path, victim: Path) -> None:
    (hostile / "link").symlink_to(victim)
    (hostile / ".git/objects/info/alternates").write_text("../../link/.git/objects\n", encoding="utf-8")


def linked_info(hostile: Path, victim: Path) -> None:
    alternates(hostile, victim)
    shutil.move(hostile / ".git/objects/info", hostile.parent / "info")
    (hostile / ".git/objects/info").symlink_to(hostile.parent / "info")


def linked_objects(hostile: Path, victim: Path) -> None:
    for folder in (victim / ".git/objects").iterdir():
        mine = hostile / ".git/objects" / folder.name
        if not mine.exists():
            mine.symlink_to(folder)
        elif folder.name not in {"info", "pack"}:
            for file in folder.iterdir():
                (mine / file.name).symlink_to(file)


def all_objects_linked(hostile: Path, victim: Path) -> None:
    for folder in (hostile / ".git/objects").iterdir():
        if len(folder.name) == 2:
            shutil.copytree(folder, victim / ".git/objects" / folder.name, dirs_exist_ok=True)
    shutil.rmtree(hostile / ".git/objects")
    (hostile / ".git/objects").symlink_to(victim / ".git/objects")


def linked_packs(hostile: Path, victim: Path) -> None:
    git(victim, "repack", "-adq")
    for file in (victim / ".git/objects/pack").iterdir():
        (hostile / ".git/objects/pack").mkdir(exist_ok=True)
        (hostile / ".git/objects/pack" / file.name).symlink_to(file)


def commondir(hostile: Path, victim: Path) -> None:
    (hostile / ".git/commondir").write_text(f"{victim}/.git\n", encoding="utf-8")
    head = git(victim, "rev-parse", "HEAD")
    (hostile / ".git/HEAD").write_text(f"{head}\n", encoding="utf-8")


BORROWING: list[Callable[[Path, Path], None]] = [
    alternates,
    relative_alternates,
    quoted_alternates,
    nested_alternates,
    alternates_through_a_link,
    linked_info,
    linked_objects,
    all_objects_linked,
    linked_packs,
    commondir,
]


def files_of(path: Path, *, trust: bool = False) -> set[str]:
    """What target code would see."""
    with opened(path, trust=trust) as work:
        tree = work.lay_out("before", work.source.commit)
        return {str(one.relative_to(tree)) for one in tree.rglob("*") if one.is_file()}


@pytest.mark.parametrize("borrow", BORROWING)
def test_objects_of_another_repository_are_not_taken_along(
    hostile: Path, victim: Path, borrow: Callable[[Path, Path], None]
) -> None:
    graft(hostile, victim)
    borrow(hostile, victim)
    with pytest.raises(
        UsageError, match="outside of the repository, so that files of another one could be taken along"
    ):
        files_of(hostile)
    assert "private/key.txt" in files_of(hostile, trust=True), "with trust the attack works, so it is a real one"


def test_a_git_file_that_names_another_repository_is_refused(tmp_path: Path, victim: Path) -> None:
    hostile = tmp_path / "downloads" / "hostile"
    hostile.mkdir(parents=True)
    for where in (victim / ".git", os.path.relpath(victim / ".git", hostile)):
        (hostile / ".git").write_text(f"gitdir: {where}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=r"its \.git leads to"):
            files_of(hostile)
    assert "private/key.txt" in files_of(hostile, trust=True)


def test_a_git_file_that_names_somebodys_worktree_or_submodule_is_refused(
    tmp_path: Path, victim: Path, hostile: Path
) -> None:
    git(victim, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    git(victim, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(hostile), "sub")
    mine = tmp_path / "mine"
    mine.mkdir()
    for where in (victim / ".git/worktrees/linked", victim / ".git/modules/sub"):
        assert where.is_dir()
        (mine / ".git").write_text(f"gitdir: {where}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=r"its \.git leads to"):
            files_of(mine)


def test_a_link_in_the_place_of_the_git_folder_is_refused(tmp_path: Path, victim: Path) -> None:
    hostile = tmp_path / "downloads" / "hostile"
    hostile.mkdir(parents=True)
    (hostile / ".git").symlink_to(victim / ".git")
    with pytest.raises(UsageError, match=r"its \.git leads to"):
        files_of(hostile)


def test_a_pipe_in_the_place_of_a_file_of_gits_is_refused_at_once(hostile: Path) -> None:
    (hostile / ".git/objects/info").mkdir(exist_ok=True)
    source = git_source.find(hostile)
    os.mkfifo(hostile / ".git/objects/info/alternates")
    with pytest.raises(UsageError, match="cannot be read and may lead anywhere"):
        check_own(source)


# -- what people really have


def test_a_worktree_works(tmp_path: Path, victim: Path) -> None:
    git(victim, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    assert files_of(tmp_path / "linked") == {"private/key.txt"}
    assert files_of(victim) == {"private/key.txt"}


def test_a_worktree_with_relative_paths_works(tmp_path: Path, victim: Path) -> None:
    """As newer versions of git write them."""
    linked = tmp_path / "linked"
    git(victim, "worktree", "add", "--quiet", str(linked))
    admin = victim / ".git/worktrees/linked"
    (admin / "gitdir").write_text(os.path.relpath(linked / ".git", admin) + "\n", encoding="utf-8")
    (linked / ".git").write_text(f"gitdir: {os.path.relpath(admin, linked)}\n", encoding="utf-8")
    assert files_of(linked) == {"private/key.txt"}


def test_a_submodule_and_a_worktree_of_one_work(tmp_path: Path, victim: Path, hostile: Path) -> None:
    git(victim, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(hostile), "sub")
    assert files_of(victim / "sub") == {"a.py"}
    git(victim / "sub", "worktree", "add", "--quiet", str(tmp_path / "linked"))
    assert files_of(tmp_path / "linked") == {"a.py"}


def test_a_bare_repository_and_a_folder_below_the_root_work(tmp_path: Path, victim: Path) -> None:
    git(victim, "clone", "--quiet", "--bare", str(victim), str(tmp_path / "bare.git"))
    assert files_of(tmp_path / "bare.git") == {"private/key.txt"}
    assert files_of(victim / "private") == {"private/key.txt"}


def test_a_repository_that_is_reached_by_a_link_works(tmp_path: Path, victim: Path) -> None:
    (tmp_path / "link").symlink_to(victim)
    assert files_of(tmp_path / "link") == {"private/key.txt"}


def test_alternates_within_the_own_folder_work(hostile: Path) -> None:
    git(hostile, "clone", "--quiet", "--bare", ".", "mirror.git")
    (hostile / ".git/objects/info/alternates").write_text("../../mirror.git/objects\n", encoding="utf-8")
    assert files_of(hostile) == {"a.py"}


def test_a_clone_that_shares_objects_works_once_it_is_trusted(tmp_path: Path, victim: Path) -> None:
    git(victim, "clone", "--quiet", "--shared", str(victim), str(tmp_path / "shared"))
    with pytest.raises(UsageError, match="give --trust-repo if that is meant"):
        files_of(tmp_path / "shared")
    assert files_of(tmp_path / "shared", trust=True) == {"private/key.txt"}
