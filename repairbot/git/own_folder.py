"""Whether a repository draws on nothing outside of its own folder: its `.git` may have come with somebody's archive."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.git.command import GitFailed, run_safely
from repairbot.git.source import Source

_LARGEST = 65_536  # bytes of a file that holds a path or two


class _LeadsOutside(Exception):
    """What leads where, as a clause."""


def check_own(source: Source) -> None:
    """Raise UsageError for a repository that would bring along what lies in another one of the user's.

    Real worktrees and submodules lie apart from their repository, which says so itself: they are fine.
    """
    try:
        own = _own_folders(source)
        for objects in _object_folders(source.objects, own):
            _check_links(objects, own)
    except _LeadsOutside as reason:
        where = source.root or source.git_dir
        raise UsageError(
            f"{_shown(where)}: {reason}, outside of the repository, so that files of another one could be taken along; "
            "give --trust-repo if that is meant"
        ) from None


def _own_folders(source: Source) -> tuple[Path, ...]:
    """Return where the repository may keep what is its own: its root, its git folder and the one that it shares."""
    root = _real(source.root or source.git_dir)
    git_dir = _real(source.git_dir)
    if git_dir.is_file():
        git_dir = _real(git_dir.parent / _said(git_dir, "gitdir:"))
    if not git_dir.is_relative_to(root) and not _points_back(git_dir, root):
        raise _LeadsOutside(f"its .git leads to {_shown(git_dir)}")
    shared = git_dir / "commondir"
    common = _real(git_dir / _said(shared)) if os.path.lexists(shared) else git_dir
    if not _within(common, (root, git_dir)) and git_dir.parent != common / "worktrees":
        raise _LeadsOutside(f"its `commondir` leads to {_shown(common)}")
    return (root, git_dir, common)


def _points_back(git_dir: Path, root: Path) -> bool:
    """Whether a git folder says itself that this is the folder of its files: as a worktree, or as a submodule."""
    worktree = git_dir / "gitdir"
    if os.path.lexists(worktree):
        return _real(git_dir / _said(worktree)) == root / ".git"
    try:
        said = run_safely(git_dir, "config", "--no-includes", "--file", str(git_dir / "config"), "core.worktree")
    except GitFailed:
        return False
    return _real(git_dir / os.fsdecode(said).removesuffix("\n")) == root


def _object_folders(first: Path, own: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the folder of a repository's objects and all that it borrows from, each one checked."""
    waiting, seen = [first], set[Path]()
    while waiting:
        named = waiting.pop()
        objects = _real(named)
        if not _within(objects, own):
            raise _LeadsOutside(f"its objects lie in {_shown(objects)}")
        if objects not in seen:
            seen.add(objects)
            yield objects
            waiting += [objects / line for line in _alternates(objects / "info" / "alternates")]


def _alternates(path: Path) -> list[str]:
    lines = _read(path).split("\n") if os.path.lexists(path) else []
    names = [line for line in lines if line and not line.startswith("#")]
    if any(name.startswith('"') for name in names):
        raise _LeadsOutside("its objects/info/alternates names a folder in quotes, which may lie anywhere")
    return names


def _check_links(objects: Path, own: tuple[Path, ...]) -> None:
    """Look at every file that git could open as an object: the folder's own and those of the folders in it."""
    folders = [objects]
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    target = _real(Path(entry.path))
                    if not _within(target, own):
                        raise _LeadsOutside(f"a link among its objects leads to {_shown(target)}")
                if folder == objects and entry.is_dir():
                    folders.append(Path(entry.path))


def _within(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _said(path: Path, prefix: str = "") -> str:
    """Return the path that one of git's small files holds."""
    text = _read(path)
    if not text.startswith(prefix):
        raise _LeadsOutside(f"{_shown(path)} is no file of git's and may lead anywhere")
    return text.removeprefix(prefix).strip(" ").rstrip("\r\n")


def _read(path: Path) -> str:
    """Return a small ordinary file's text; what stands there may be a pipe that never ends."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(opened, "rb") as stream:
            status = os.fstat(opened)
            if stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST:
                return os.fsdecode(stream.read(_LARGEST))
    except OSError:
        pass
    raise _LeadsOutside(f"{_shown(path)} cannot be read and may lead anywhere")


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")
