from __future__ import annotations

import os
from pathlib import Path

import pytest

from repairbot.errors import UsageError
from repairbot.source.paths import SIZE_LIMIT, read_file, root_of, shown
from tests.source.conftest import Write


def test_the_root_is_the_nearest_common_directory_with_git(write: Write) -> None:
    root = write({".git/HEAD": "", "a/pyproject.toml": "", "a/x.py": "", "a/b/y.py": ""})
    assert root_of([root / "a/x.py", root / "a/b"]) == root


def test_the_nearest_git_wins_over_one_further_up(write: Write) -> None:
    root = write({".git/HEAD": "", "module/.git": "gitdir: ../.git/modules/module", "module/src/x.py": ""})
    assert root_of([root / "module/src"]) == root / "module"
    assert root_of([root / "module/src", root]) == root


def test_without_git_the_nearest_pyproject_is_the_root(write: Write) -> None:
    root = write({"pyproject.toml": "", "a/pyproject.toml": "", "a/b/x.py": "", "c/x.py": ""})
    assert root_of([root / "a/b/x.py"]) == root / "a"
    assert root_of([root / "a/b", root / "c/x.py"]) == root


def test_with_neither_the_common_directory_is_the_root(write: Write) -> None:
    root = write({"a/b/x.py": "", "a/c/y.py": ""})
    assert root_of([root / "a/b/x.py", root / "a/c"]) == root / "a"
    assert root_of([root / "a/b/x.py"]) == root / "a/b"


def test_no_path_means_the_working_directory(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"a/x.py": ""})
    monkeypatch.chdir(root / "a")
    assert root_of([]) == root / "a"
    assert root_of([Path("x.py"), Path("..")]) == root


def test_a_link_to_a_directory_names_the_directory_itself(write: Write, tmp_path: Path) -> None:
    root = write({".git/HEAD": "", "a/x.py": ""})
    (tmp_path / "link").symlink_to(root / "a")
    assert root_of([tmp_path / "link"]) == root
    assert root_of([tmp_path / "link" / "x.py"]) == root


def test_a_path_that_does_not_exist_says_what_to_check(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write({"x.py": ""}))
    with pytest.raises(UsageError, match=r"^sorce/x.py: no such file or directory; check its spelling .*root\)$"):
        root_of([Path("x.py"), Path("sorce/x.py")])


def test_bytes_of_a_path_that_are_no_text_are_shown_as_percent_codes() -> None:
    assert shown(os.fsdecode(b"a/\xff-\xc3\xa9\x80.py")) == "a/%FF-é%80.py"
    assert shown("100%/x.py") == "100%/x.py"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1_000_000])
def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "x").write_bytes(data)
    assert read_file(str(tmp_path / "x")) == data


def test_of_a_huge_file_only_one_byte_over_the_limit_is_read(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        file.truncate(SIZE_LIMIT * 100)
    assert len(read_file(str(tmp_path / "x"))) == SIZE_LIMIT + 1


def test_a_link_is_read_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"data")
    (tmp_path / "link").symlink_to("x")
    assert read_file(str(tmp_path / "link"), follow=True) == b"data"
    with pytest.raises(OSError, match="symbolic links"):
        read_file(str(tmp_path / "link"))


def test_a_pipe_that_nobody_writes_to_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        read_file(str(tmp_path / "pipe"))


@pytest.fixture
def unpacked(write: Write) -> Path:
    """A tree without any marker, as an archive leaves it."""
    return write({"bot/start.py": "", "core/db.py": ""})


def test_without_a_marker_the_current_directory_above_a_path_is_the_root(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(unpacked)
    assert root_of([unpacked / "bot" / "start.py"]) == unpacked == root_of([Path("bot")]) == root_of([])
    monkeypatch.chdir(unpacked / "core")
    assert root_of([unpacked / "bot" / "start.py"]) == unpacked / "bot"


def test_the_whole_disk_and_the_home_of_a_person_are_no_projects(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert root_of([unpacked / "bot"]) == unpacked / "bot"
    monkeypatch.chdir(unpacked)
    monkeypatch.setenv("HOME", str(unpacked))
    assert root_of([unpacked / "bot"]) == unpacked / "bot"
