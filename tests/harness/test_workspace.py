from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from repairbot.errors import DiskFull, UsageError
from repairbot.git import objects
from repairbot.git.repository import Person
from repairbot.harness import trees
from repairbot.harness.trees import Refused
from repairbot.harness.workspace import Workspace, opened
from tests import git_traps
from tests.git_traps import Trap, commit, git, start

AUTHOR = Person("repairbot", "bot@example.org", "1700000000 +0000")
EDIT = {"a.py": b"x = 2\r\n"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = start(tmp_path_factory.mktemp("user") / "repository")
    commit(place, {"a.py": "x = 1\n", "pkg/b.py": "y = 1\n", "run.sh": "#!/bin/sh\n", "data.bin": "\0\r\n"})
    (place / "run.sh").chmod(0o755)
    commit(place, {})
    git(place, "tag", "-a", "v1.0", "-m", "first")
    commit(place, {"c.py": "z = 1\n"})
    return place


@pytest.fixture
def repository(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "user" / "repository", symlinks=True))


@pytest.fixture
def trap(tmp_path: Path) -> tuple[str, Callable[[], bool]]:
    """A program that leaves a trace when it is started, and whether it was."""
    trace, program = tmp_path / "trace", tmp_path / "trap"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\nexit 1\n')
    program.chmod(0o755)
    return str(program), trace.exists


def use_all(repository: Path, *, trust: bool = False) -> None:
    """Everything that a run does with a repository."""
    with opened(repository, trust=trust) as work:
        after = work.commit(EDIT, "fix\n", AUTHOR, AUTHOR)
        work.lay_out("before", work.source.commit)
        work.lay_out("after", after)
        work.uncommitted()
        for side in ("before", "after"):
            with work.fresh(side, with_git=True) as tree:
                assert (tree / "a.py").exists()


# Nothing of the user's is changed, and nothing of an attacker's runs


def test_not_a_byte_of_the_repository_changes(repository: Path) -> None:
    (repository / "a.py").write_text("stashed\n")
    git(repository, "stash")
    (repository / "a.py").write_text("dirty\n")
    (repository / "staged.py").write_text("new\n")
    git(repository, "add", "staged.py")
    (repository / "untracked").write_text("")
    git(repository, "config", "user.name", "Somebody")
    before = git_traps.state(repository)
    use_all(repository)
    assert git_traps.state(repository) == before


@pytest.mark.parametrize("way", git_traps.TRAPS, ids=lambda way: way.name)
def test_a_hostile_repository_starts_nothing(
    way: Trap, repository: Path, trap: tuple[str, Callable[[], bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    program, was_started = trap
    way.set(repository, program)
    Path(program).with_name("trace").unlink(missing_ok=True)
    monkeypatch.setenv("HOME", str(repository.parent / "home"))
    before = git_traps.state(repository)
    if way.name == "lazy fetch":
        with pytest.raises(UsageError, match="partial clone"):
            use_all(repository)
    elif way.name == "alternate refs":
        with pytest.raises(UsageError, match="its objects lie in"):
            use_all(repository)
        use_all(repository, trust=True)
    else:
        use_all(repository)
    assert not was_started(), Path(program).with_name("trace").read_text()
    assert git_traps.state(repository) == before
    for words in way.spring:
        git(repository, *(word.replace("HERE", str(repository)) for word in words), check=False)
    assert was_started(), "the trap must work, or this test proves nothing"


def test_variables_of_the_caller_lead_nowhere_else(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_TEMPLATE_DIR"):
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "broken")
    use_all(repository)


def test_a_replaced_object_does_not_change_what_a_commit_holds(repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD:a.py")
    other = git(repository, "rev-parse", "HEAD:c.py")
    git(repository, "replace", blob, other)
    assert git(repository, "show", "HEAD:a.py") == "z = 1", "the replacement must work, or this test proves nothing"
    with opened(repository) as work:
        assert (work.lay_out("before", work.source.commit) / "a.py").read_bytes() == b"x = 1\n"


def test_an_object_under_a_false_name_is_not_believed(repository: Path) -> None:
    paths = []
    for name in ("a.py", "c.py"):
        oid = git(repository, "rev-parse", f"HEAD:{name}")
        paths.append(repository / ".git/objects" / oid[:2] / oid[2:])
    paths[0].chmod(0o644)
    paths[0].write_bytes(paths[1].read_bytes())
    with pytest.raises(UsageError, match="cannot be copied"), opened(repository):
        pass


@pytest.mark.skipif(os.getuid() != 0, reason="only root can own a repository as somebody else")
def test_a_repository_of_another_user_is_read(repository: Path) -> None:
    subprocess.run(["chown", "-R", "64970", str(repository)], check=True)
    assert git(repository, "rev-parse", "HEAD", check=False) == "", "git must object, or this test proves nothing"
    use_all(repository)


# What the trees hold


def laid_out(repository: Path) -> tuple[dict[str, bytes], tuple[Refused, ...]]:
    with opened(repository) as work:
        tree = work.lay_out("before", work.source.commit)
        files = [path for path in tree.rglob("*") if not path.is_dir() or path.is_symlink()]
        assert all(stat.S_ISREG(path.lstat().st_mode) for path in files)
        return {str(path.relative_to(tree)): path.read_bytes() for path in files}, work.refused


def test_a_tree_holds_the_commit_and_not_the_folder(repository: Path) -> None:
    (repository / "a.py").write_text("dirty\n")
    (repository / "untracked.py").write_text("")
    files, refused = laid_out(repository)
    assert files == {
        "a.py": b"x = 1\n",
        "c.py": b"z = 1\n",
        "pkg/b.py": b"y = 1\n",
        "run.sh": b"#!/bin/sh\n",
        "data.bin": b"\0\r\n",
    }
    assert refused == ()


def test_attributes_leave_nothing_out_and_change_no_byte(repository: Path) -> None:
    attributes = "* text eol=crlf ident\npkg export-ignore\na.py export-subst\n"
    commit(repository, {".gitattributes": attributes, "a.py": "x = '$Format:%H$ $Id$'\n"})
    files, _ = laid_out(repository)
    assert files["a.py"] == b"x = '$Format:%H$ $Id$'\n"
    assert "pkg/b.py" in files


def test_a_mode_is_kept(repository: Path) -> None:
    with opened(repository) as work:
        tree = work.lay_out("before", work.source.commit)
        assert stat.S_IMODE((tree / "run.sh").stat().st_mode) == 0o755
        assert stat.S_IMODE((tree / "a.py").stat().st_mode) == 0o644
        assert stat.S_IMODE(tree.stat().st_mode) == 0o700


def test_links_and_submodules_are_refused_and_named(repository: Path) -> None:
    (repository / "link.py").symlink_to("/etc/passwd")
    (repository / "linked").symlink_to("..", target_is_directory=True)
    head = git(repository, "rev-parse", "HEAD")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},vendored")
    git(repository, "add", "link.py", "linked")
    git(repository, "commit", "--quiet", "-m", "links")
    files, refused = laid_out(repository)
    assert not files.keys() & {"link.py", "linked", "vendored"}
    assert refused == (
        Refused("link.py", "a symbolic link, which is never followed"),
        Refused("linked", "a symbolic link, which is never followed"),
        Refused("vendored", "a submodule, which is not fetched"),
    )


ODD = ["a\nb.py", "::error::x.py", "-rf", " ", "tab\t.py", 'quote".py', "back\\slash.py", "ünï.py", "a b.py", "%0A.py"]


def test_odd_names_are_written_as_they_are(repository: Path) -> None:
    names = [*ODD, os.fsdecode(b"\xff.py")]
    for name in names:
        (repository / name).write_text(f"# {len(name)}\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "odd")
    files, refused = laid_out(repository)
    assert files.keys() >= set(names)
    assert refused == ()


@pytest.mark.parametrize(
    "name", ["..", ".", ".git", ".GIT", ".Git ", ".git.", "git~1", "GIT~1", ".git::$INDEX_ALLOCATION", ".g\u200cit"]
)
def test_a_name_that_leads_elsewhere_is_refused(repository: Path, tmp_path: Path, name: str) -> None:
    """Git itself would not make such a tree, but reads one."""
    blob = git(repository, "rev-parse", "HEAD:a.py")
    inner = _tree(repository, f"100644 blob {blob}\tconfig\0")
    top = _tree(repository, f"100644 blob {blob}\ta.py\0" + f"040000 tree {inner}\t{name}\0")
    made = git(repository, "commit-tree", top, "-m", "hostile")
    git(repository, "update-ref", "refs/heads/main", made)
    before = git_traps.state(tmp_path)
    files, refused = laid_out(repository)
    assert files == {"a.py": b"x = 1\n"}
    assert [(entry.path, entry.reason[:6]) for entry in refused] == [(f"{name}/config", "a path")]
    assert git_traps.state(tmp_path) == before


def _tree(repository: Path, lines: str) -> str:
    done = subprocess.run(
        ["git", "mktree", "-z"], cwd=repository, input=os.fsencode(lines), check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def test_two_names_for_one_place_do_not_write_through_each_other(tmp_path: Path) -> None:
    def entry(path: str) -> objects.Entry:
        return objects.Entry("100644", "blob", "0" * 40, path)

    refused = trees.write(tmp_path / "tree", [(entry("a"), b"1"), (entry("a/b"), b"2"), (entry("a"), b"3")])
    assert (tmp_path / "tree/a").read_bytes() == b"1"
    assert [found.path for found in refused] == ["a/b", "a"]


def test_a_link_that_appears_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()

    def files() -> Iterator[tuple[objects.Entry, bytes]]:
        (tmp_path / "tree/d").symlink_to(outside)
        (tmp_path / "tree/f").symlink_to(outside / "f")
        for path in ("d/x", "f"):
            yield objects.Entry("100644", "blob", "0" * 40, path), b"1"

    assert len(trees.write(tmp_path / "tree", files())) == 2
    assert list(outside.iterdir()) == []


def test_a_path_of_a_thousand_folders_is_refused() -> None:
    found = trees.refusal(objects.Entry("100644", "blob", "0" * 40, "/".join("d" * 1000)))
    assert found is not None
    assert found.reason == "a path too long or too deep"


# Copies


@pytest.fixture
def work(repository: Path) -> Iterator[Workspace]:
    with opened(repository) as opened_work:
        opened_work.lay_out("before", opened_work.source.commit)
        opened_work.lay_out("after", opened_work.commit(EDIT, "fix\n", AUTHOR, AUTHOR))
        yield opened_work


def test_every_run_gets_a_fresh_copy_that_is_gone_afterwards(work: Workspace) -> None:
    for _ in range(2):
        with work.fresh("before") as tree:
            assert not (tree / "left").exists()
            (tree / "left").mkdir()
            (tree / "left" / "inside").touch()
            (tree / "left").chmod(0o000)
            (tree / "a.py").write_text("rewritten\n")
        assert not tree.exists()
    assert (work.pristine("before") / "a.py").read_bytes() == b"x = 1\n"


def test_the_two_sides_differ_by_the_edit_alone(work: Workspace) -> None:
    with work.fresh("before") as before, work.fresh("after") as after:
        assert (before / "a.py").read_bytes() == b"x = 1\n"
        (before / "a.py").write_bytes(EDIT["a.py"])
        assert subprocess.run(["diff", "-r", before, after], check=False).returncode == 0


def test_a_throwaway_git_answers_version_tools_and_is_clean(work: Workspace) -> None:
    with work.fresh("before", with_git=True) as before, work.fresh("after", with_git=True) as after:
        for tree, distance in ((before, "1"), (after, "2")):
            assert git(tree, "describe", "--tags", "--long", "--dirty").startswith(f"v1.0-{distance}-g")
            assert git(tree, "status", "--porcelain") == ""
            assert git(tree, "rev-parse", "HEAD")
        assert git(before, "log", "--format=%s").splitlines() == ["change"] * 3


def test_a_throwaway_git_is_clean_although_links_are_not_written(repository: Path) -> None:
    (repository / "link").symlink_to("a.py")
    commit(repository, {})
    with opened(repository) as work:
        work.lay_out("before", work.source.commit)
        with work.fresh("before", with_git=True) as tree:
            assert git(tree, "status", "--porcelain") == ""


def test_what_is_done_to_a_throwaway_git_reaches_neither_the_user_nor_the_next_run(work: Workspace) -> None:
    before = git_traps.state(work.source.git_dir)
    with work.fresh("before", with_git=True) as tree:
        git(tree, "config", "core.fsmonitor", "/evil")
        for path in sorted((tree / ".git/objects").rglob("*")):
            if path.is_file():
                path.chmod(0o644)
                path.write_bytes(b"broken")
        git(tree, "update-ref", "refs/heads/evil", "HEAD", check=False)
    with work.fresh("before", with_git=True) as tree:
        assert "evil" not in (tree / ".git/config").read_text()
        assert git(tree, "show", "HEAD:a.py") == "x = 1"
    assert git_traps.state(work.source.git_dir) == before


def test_a_copy_knows_nothing_of_where_it_came_from(work: Workspace, repository: Path) -> None:
    with work.fresh("before", with_git=True) as tree:
        for path in tree.rglob("*"):
            if path.is_file():
                assert os.fsencode(repository) not in path.read_bytes()
                assert path.stat().st_nlink == 1


# Ends


def test_nothing_is_left_after_the_end(repository: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    with opened(repository, place=place) as work:
        assert work.folder.parent == place
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_nothing_is_left_after_an_interrupt(repository: Path, tmp_path: Path, error: type[BaseException]) -> None:
    place = tmp_path / "place"
    place.mkdir()

    def interrupted() -> None:
        with opened(repository, place=place) as work:
            work.lay_out("before", work.source.commit)
            with work.fresh("before", with_git=True) as tree:
                (tree / "pkg").chmod(0o000)
                raise error

    with pytest.raises(error):
        interrupted()
    assert list(place.iterdir()) == []


def test_a_full_disk_is_one_sentence(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> list[Refused]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trees, "write", full)
    with pytest.raises(DiskFull, match="set TMPDIR"), opened(repository) as work:
        work.lay_out("before", work.source.commit)


# What the user has not committed


def test_changed_and_removed_python_files_are_named(repository: Path) -> None:
    (repository / "a.py").write_text("dirty\n")
    (repository / "c.py").unlink()
    (repository / "data.bin").write_text("dirty, but no Python\n")
    with opened(repository) as work:
        assert work.uncommitted() == ("a.py", "c.py")


def test_other_line_ends_are_no_change_and_a_pipe_is_not_waited_for(repository: Path) -> None:
    (repository / "a.py").write_bytes(b"x = 1\r\n")
    (repository / "c.py").unlink()
    os.mkfifo(repository / "c.py")
    with opened(repository) as work:
        assert work.uncommitted() == ("c.py",)


def test_a_side_that_is_laid_out_again_holds_the_new_commit_alone(tmp_path: Path) -> None:
    target = start(tmp_path / "target")
    commit(target, {"a.py": "1\n", "b.py": "2\n"})
    with opened(target) as work:
        work.lay_out("after", work.source.commit)
        changed = work.commit({"a.py": b"3\n"}, "change\n", AUTHOR, AUTHOR)
        tree = work.lay_out("after", changed)
        assert {path.name: path.read_text(encoding="utf-8") for path in tree.iterdir()} == {
            "a.py": "3\n",
            "b.py": "2\n",
        }
