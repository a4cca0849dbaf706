from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.model import Skipped
from repairbot.source.tree import LEFT_OUT, DirectoryTree, OverlayTree
from tests.source.conftest import Write

NOBODY = 65534


def found(root: Path, *exclude: str) -> list[str]:
    return list(DirectoryTree.walk(root, exclude).paths())


def kinds(root: Path) -> dict[str, str]:
    return {entry.path: entry.kind for entry in DirectoryTree.walk(root).skipped}


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_all_python_files_are_found_sorted_and_nothing_else(write: Write) -> None:
    root = write({"b.py": "", "a/z.py": "", "a/data.txt": "", "a/stub.pyi": "", "tests/test_x.py": "", "c.PY": ""})
    assert found(root) == ["a/z.py", "b.py", "tests/test_x.py"]


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_directories_of_tools_are_left_out_silently_at_any_depth(write: Write, name: str) -> None:
    root = write({f"{name}/x.py": "", f"a/b/{name}/c/x.py": "", "kept.py": ""})
    assert found(root) == ["kept.py"]
    assert kinds(root) == {}


def test_a_directory_with_pyvenv_cfg_is_left_out_whatever_its_name(write: Write) -> None:
    root = write({"my-env/pyvenv.cfg": "", "my-env/lib/x.py": "", "kept.py": ""})
    assert found(root) == ["kept.py"]


def test_a_root_is_walked_even_when_it_is_an_environment_or_has_a_tools_name(write: Write) -> None:
    root = write({"pyvenv.cfg": "", "x.py": "", "inner/.tox/y.py": ""})
    assert found(root) == ["x.py"]
    assert found(root / "inner/.tox") == ["y.py"]


def test_other_directories_with_a_dot_are_walked(write: Write) -> None:
    root = write({".github/scripts/x.py": "", ".hidden.py": "", "...odd/y.py": ""})
    assert found(root) == ["...odd/y.py", ".github/scripts/x.py", ".hidden.py"]


def test_git_ignored_files_are_left_out_and_tracked_ones_stay(write: Write) -> None:
    root = write(
        {
            ".gitignore": "build/\n*_pb2.py\n",
            "build/x.py": "",
            "a/x_pb2.py": "",
            "a/tracked_pb2.py": "",
            "a/x.py": "",
            "only/ignored/y_pb2.py": "",
            "new/.gitignore": "/local.py",
            "new/local.py": "",
            "new/sub/local.py": "",
        }
    )
    git(root, "init")
    git(root, "add", "-f", "a/tracked_pb2.py")
    assert found(root) == ["a/tracked_pb2.py", "a/x.py", "new/sub/local.py"]
    assert kinds(root) == {}


def test_ignore_files_mean_nothing_where_git_is_not(write: Write) -> None:
    assert found(write({".gitignore": "x.py", "x.py": ""})) == ["x.py"]


def test_a_directory_called_git_that_is_no_repository_changes_nothing(write: Write) -> None:
    root = write({".git/readme": "", "x.py": "", ".gitignore": "x.py"})
    assert found(root) == ["x.py"]
    assert kinds(root) == {}


def test_without_a_git_program_everything_is_scanned(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"x.py": "", ".gitignore": "x.py"})
    git(root, "init")
    monkeypatch.setenv("PATH", "/nowhere")
    assert found(root) == ["x.py"]
    assert kinds(root) == {}


@pytest.mark.parametrize("place", [".gitignore", "a/b/.gitignore", ".git/info/exclude"])
def test_a_pipe_in_the_place_of_an_ignore_file_is_not_waited_for(write: Write, place: str) -> None:
    root = write({"a/b/x.py": ""})
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(exist_ok=True)
    os.mkfifo(root / place)
    started = time.monotonic()
    tree = DirectoryTree.walk(root)
    assert time.monotonic() - started < 30
    assert tree.paths() == ("a/b/x.py",)
    assert [(one.kind, f"{place} is no regular file" in one.reason) for one in tree.skipped] == [("git-failed", True)]


def test_a_repository_that_git_cannot_read_is_scanned_whole_and_says_so(write: Write) -> None:
    root = write({"x.py": "", ".gitignore": "x.py"})
    git(root, "init")
    (root / ".git/config").write_text("[core\n")
    assert found(root) == ["x.py"]
    assert kinds(root) == {".git": "git-failed"}


def test_paths_with_newlines_quotes_and_bytes_that_are_no_text_are_found_and_ignored(write: Write) -> None:
    names = ["a\nb.py", 'q".py', os.fsdecode(b"\xff.py"), "ün.py"]
    root = write({".gitignore": "ignored-*", **dict.fromkeys(names, ""), **{f"ignored-{name}": "" for name in names}})
    git(root, "init")
    assert found(root) == sorted(names)


def test_excluded_paths_follow_the_rules_of_ignore_files(write: Write) -> None:
    root = write({"vendor/x.py": "", "a/vendor/x.py": "", "a/x_pb2.py": "", "top.py": "", "a/top.py": "", "a/x.py": ""})
    assert found(root, "vendor/", "*_pb2.py", "/top.py") == ["a/top.py", "a/x.py"]
    assert found(root, "a/*", "!a/x.py") == ["a/x.py", "top.py", "vendor/x.py"]


def test_a_glob_that_cannot_be_read_says_how_to_write_one(write: Write) -> None:
    with pytest.raises(UsageError, match=r"^exclude: .*write globs as in a \.gitignore file"):
        found(write({"x.py": ""}), "!")


def test_links_are_reported_and_never_followed(write: Write, tmp_path: Path) -> None:
    root = write({"a/x.py": "", "data.txt": ""})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/y.py").write_text("")
    (root / "a/loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "link.py").symlink_to("a/x.py")
    (root / "dead.py").symlink_to("nowhere")
    (root / "self").symlink_to("self")
    (root / "data-link").symlink_to("data.txt")
    assert found(root) == ["a/x.py"]
    assert kinds(root) == {"a/loop": "symlink", "dead.py": "symlink", "link.py": "symlink", "out": "symlink"}


def test_a_link_to_what_is_left_out_anyway_is_not_worth_a_word(write: Write, tmp_path: Path) -> None:
    root = write({"x.py": "", ".gitignore": "ignored.py\n"})
    (tmp_path / "env").mkdir()
    (tmp_path / "env/pyvenv.cfg").write_text("")
    (root / "env").symlink_to(tmp_path / "env")
    (root / ".venv").symlink_to(tmp_path)
    (root / "ignored.py").symlink_to("x.py")
    git(root, "init")
    assert found(root) == ["x.py"]
    assert kinds(root) == {}


def test_a_directory_named_like_a_python_file_is_reported_and_walked(write: Write) -> None:
    root = write({"x.py/y.py": ""})
    assert found(root) == ["x.py/y.py"]
    assert kinds(root) == {"x.py": "directory"}


def test_a_pipe_and_a_socket_named_like_python_files_are_reported(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write({})
    os.mkfifo(root / "pipe.py")
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
        assert found(root) == []
        assert kinds(root) == {"pipe.py": "not-a-file", "socket.py": "not-a-file"}


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that other users can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


def walked_without_rights(root: Path) -> tuple[list[str], list[list[str]]]:
    """What a walk gives a user who is not root."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        tree = DirectoryTree.walk(root)
        os.write(writer, json.dumps([tree.paths(), [[e.path, e.kind, e.reason] for e in tree.skipped]]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        paths, skipped = json.load(answer)
    os.waitpid(child, 0)
    return paths, skipped


def test_files_and_directories_without_permission_are_reported(open_directory: Path) -> None:
    for path in ("closed/x.py", "listed/y.py", "z.py", "kept.py"):
        (open_directory / path).parent.mkdir(exist_ok=True)
        (open_directory / path).write_text("")
    modes = {"closed": 0o000, "listed": 0o744, "z.py": 0o000}
    for name, mode in modes.items():
        (open_directory / name).chmod(mode)
    paths, skipped = walked_without_rights(open_directory)
    for name in modes:
        (open_directory / name).chmod(0o755)
    unlisted = "the directory cannot be listed: Permission denied"
    expected = [["closed", "unreadable", unlisted], ["z.py", "unreadable", "no permission to read it"]]
    if os.geteuid() == 0:
        expected.insert(1, ["listed/y.py", "unreadable", "no permission to read it"])
        assert paths == ["kept.py"]
    assert skipped == expected


def test_named_files_belong_to_the_tree_whatever_is_said_of_them(write: Write) -> None:
    root = write(
        {"bin/tool": "", "site-packages/x.py": "", "skipped.py": "", ".gitignore": "ignored.py", "ignored.py": ""}
    )
    git(root, "init")
    named = ["bin/tool", "site-packages/x.py", "skipped.py", "ignored.py"]
    assert list(DirectoryTree.walk(root, ["skipped.py"], named).paths()) == sorted(named)


def test_a_named_link_is_not_followed_and_says_what_to_name(write: Write) -> None:
    root = write({"x.py": ""})
    (root / "link").symlink_to("x.py")
    tree = DirectoryTree.walk(root, [], ["link"])
    assert tree.paths() == ("x.py",)
    assert tree.skipped == (
        Skipped("link", "symlink", "a symbolic link, which is never followed; name the file it leads to"),
    )


def test_project_files_are_noted_where_python_files_are_looked_for(write: Write) -> None:
    root = write({"pyproject.toml": "", "a/setup.cfg": "", "node_modules/pyproject.toml": "", "a/setup.py": ""})
    assert DirectoryTree.walk(root).settings_files() == ("a/setup.cfg", "a/setup.py", "pyproject.toml")


def test_an_overlay_replaces_and_adds_files(write: Write) -> None:
    beneath = DirectoryTree.walk(write({"a.py": "old", "b.py": "kept", "pyproject.toml": ""}))
    tree = OverlayTree(beneath, {"a.py": b"new", "c.py": b"more"})
    assert tree.paths() == ["a.py", "b.py", "c.py"]
    assert OverlayTree(beneath, {"a.py": b"new"}).paths() == ("a.py", "b.py")
    assert [tree.read(path) for path in tree.paths()] == [b"new", b"kept", b"more"]
    assert tree.settings_files() == ("pyproject.toml",)
