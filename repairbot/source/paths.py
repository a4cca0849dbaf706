"""Names of files on disk: how they are shown, which root they share, and reading one safely."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from repairbot.errors import UsageError

SIZE_LIMIT = 10_000_000  # bytes
_FIRST_READ = 1 << 16
# O_NONBLOCK: opening a pipe that stands where a file was would wait for ever.
_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def shown(path: str) -> str:
    """A path as people and machines may read it: bytes that are no UTF-8 become %XX."""
    if path.isascii():
        return path
    return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in path)


def root_of(paths: Sequence[Path]) -> Path:
    """The nearest directory common to all `paths` that holds `.git`, else `pyproject.toml`, else the current one.

    Where the current directory is not above them all, it is their common one. Raises UsageError for a path that does
    not exist.
    """
    return common_root([real_path(path) for path in paths or (Path(),)])


def common_root(places: Sequence[str]) -> Path:
    """The root of real paths."""
    common = Path(os.path.commonpath([_folder_of(place) for place in places]))
    for marker in (".git", "pyproject.toml"):
        for folder in (common, *common.parents):
            if os.path.lexists(folder / marker):
                return folder
    here = Path(os.path.realpath(os.getcwd()))
    return here if common.is_relative_to(here) and _may_be_a_project(here) else common


def _may_be_a_project(folder: Path) -> bool:
    """Whether a person who works in the folder can mean all that is in it: not the whole disk, nor all that is hers."""
    return folder != Path(folder.anchor) and folder != Path(os.path.realpath(os.path.expanduser("~")))


def real_path(path: Path) -> str:
    """The absolute path without symbolic links, save that a file which is itself a link stays one.

    Raises UsageError for a path that does not exist.
    """
    absolute = os.path.abspath(path)
    if os.path.isdir(absolute):
        return os.path.realpath(absolute)
    if os.path.lexists(absolute):
        return os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))
    here = shown(os.getcwd())
    raise UsageError(
        f"{shown(str(path))}: no such file or directory; check its spelling (it is looked for from {here})"
    )


def _folder_of(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)


def read_file(path: str, *, follow: bool = False) -> bytes:
    """A regular file's bytes, at most one over SIZE_LIMIT; a symbolic link's only when `follow` is set.

    Raises OSError.
    """
    descriptor = os.open(path, _OPEN if follow else _OPEN | _NO_FOLLOW)
    try:
        data = os.read(descriptor, _FIRST_READ)
        if len(data) == _FIRST_READ:
            return data + _rest(descriptor)
        if not data and not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return data
    finally:
        os.close(descriptor)


def _rest(descriptor: int) -> bytes:
    wanted = min(os.fstat(descriptor).st_size, SIZE_LIMIT) + 1 - _FIRST_READ
    pieces = []
    while wanted > 0 and (piece := os.read(descriptor, wanted)):
        pieces.append(piece)
        wanted -= len(piece)
    return b"".join(pieces)
