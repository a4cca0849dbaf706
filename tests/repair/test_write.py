"""Files are replaced whole, all of them or none, and never outside of the root."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from repairbot.repair.diff import Rewrite
from repairbot.repair.write import WriteFailed, write

AS_ROOT = os.geteuid() == 0


def listing(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "pkg").mkdir(parents=True)
    (tmp_path / "root" / "a.py").write_bytes(b"old a")
    (tmp_path / "root" / "pkg" / "b.py").write_bytes(b"old b")
    (tmp_path / "outside.py").write_bytes(b"old b")
    return tmp_path / "root"


A = Rewrite("a.py", b"old a", b"new a\r\n\xff")
B = Rewrite("pkg/b.py", b"old b", b"new b")


def test_all_files_get_their_new_bytes_and_nothing_else_is_left(root: Path) -> None:
    write(root, [A, B])
    assert listing(root) == {"a.py": b"new a\r\n\xff", "pkg/b.py": b"new b"}


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_the_mode_of_a_file_stays(root: Path, mode: int) -> None:
    (root / "a.py").chmod(mode)
    write(root, [A])
    assert stat.S_IMODE((root / "a.py").stat().st_mode) == mode


@pytest.mark.skipif(not AS_ROOT, reason="only the superuser can give a file away")
def test_the_owner_of_a_file_stays(root: Path) -> None:
    os.chown(root / "a.py", 12345, 23456)
    write(root, [A])
    assert ((root / "a.py").stat().st_uid, (root / "a.py").stat().st_gid) == (12345, 23456)


def test_a_file_that_changed_since_it_was_read_keeps_every_file_as_it_is(root: Path) -> None:
    (root / "pkg" / "b.py").write_bytes(b"somebody else's")
    with pytest.raises(WriteFailed, match=r"'pkg/b\.py' has changed since it was read; no file was changed"):
        write(root, [A, B])
    assert listing(root) == {"a.py": b"old a", "pkg/b.py": b"somebody else's"}


def test_a_file_that_changes_while_others_are_replaced_puts_them_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def replace_then_disturb(*arguments: object, **options: object) -> None:
        replace(*arguments, **options)  # type: ignore[arg-type]
        (root / "pkg" / "b.py").write_bytes(b"somebody else's")

    monkeypatch.setattr(os, "replace", replace_then_disturb)
    with pytest.raises(WriteFailed, match=r"'pkg/b\.py' has changed since it was read"):
        write(root, [A, B])
    assert listing(root) == {"a.py": b"old a", "pkg/b.py": b"somebody else's"}


def test_an_interrupt_between_two_files_puts_the_first_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, seen = os.replace, []

    def replace_once(source: str, target: str, **options: int) -> None:
        seen.append(target)
        if len(seen) == 2:
            raise KeyboardInterrupt
        replace(source, target, **options)

    monkeypatch.setattr(os, "replace", replace_once)
    with pytest.raises(KeyboardInterrupt):
        write(root, [A, B])
    assert listing(root) == {"a.py": b"old a", "pkg/b.py": b"old b"}
    assert seen == ["a.py", "b.py", "a.py"]


def test_a_symbolic_link_is_not_written_through(root: Path) -> None:
    (root / "pkg" / "b.py").unlink()
    (root / "pkg" / "b.py").symlink_to(root.parent / "outside.py")
    with pytest.raises(WriteFailed, match=r"'pkg/b\.py' cannot be written: it is a symbolic link or lies behind one"):
        write(root, [A, B])
    assert (root.parent / "outside.py").read_bytes() == b"old b"
    assert (root / "a.py").read_bytes() == b"old a"


def test_a_folder_that_is_a_symbolic_link_is_not_entered(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    (root / "pkg").rename(elsewhere)
    (root / "pkg").symlink_to(elsewhere)
    with pytest.raises(WriteFailed, match="it is a symbolic link or lies behind one"):
        write(root, [B])
    assert listing(elsewhere) == {"b.py": b"old b"}


@pytest.mark.parametrize("path", ["../outside.py", "pkg/../a.py", "/etc/hosts", "pkg//b.py", "./a.py", "", "pkg/"])
def test_a_path_that_could_leave_the_root_is_refused(root: Path, path: str) -> None:
    with pytest.raises(WriteFailed, match="is no path below the root"):
        write(root, [A, Rewrite(path, b"old b", b"new b")])
    assert (root.parent / "outside.py").read_bytes() == b"old b"
    assert listing(root) == {"a.py": b"old a", "pkg/b.py": b"old b"}


def test_a_file_that_is_gone_is_an_error(root: Path) -> None:
    (root / "pkg" / "b.py").unlink()
    with pytest.raises(WriteFailed, match=r"'pkg/b\.py' cannot be written: No such file or directory"):
        write(root, [A, B])
    assert listing(root) == {"a.py": b"old a"}


def test_a_pipe_in_place_of_a_file_does_not_stop_the_program(root: Path) -> None:
    (root / "a.py").unlink()
    os.mkfifo(root / "a.py")
    with pytest.raises(WriteFailed, match=r"'a\.py' is not a regular file"):
        write(root, [A])


def test_a_folder_in_place_of_a_file_is_an_error(root: Path) -> None:
    with pytest.raises(WriteFailed, match="'pkg' cannot be written: Is a directory"):
        write(root, [Rewrite("pkg", b"", b"new")])


@pytest.mark.skipif(AS_ROOT, reason="the superuser may write everywhere")
def test_a_file_that_may_not_be_written_is_an_error(root: Path) -> None:
    (root / "a.py").chmod(0o444)
    with pytest.raises(WriteFailed, match=r"'a\.py' cannot be written: Permission denied"):
        write(root, [A])
    assert listing(root)["a.py"] == b"old a"


def test_no_descriptor_stays_open(root: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    write(root, [A, B])
    with pytest.raises(WriteFailed):
        write(root, [A])
    assert len(list(Path("/proc/self/fd").iterdir())) == before
