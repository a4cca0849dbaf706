"""New bytes into the target's files: the one module that writes there."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import RepairbotError
from repairbot.repair.diff import Rewrite

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Opened for writing only to learn whether that is allowed; O_NONBLOCK: opening a pipe would wait for ever.
_FILE = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class WriteFailed(RepairbotError):
    """Files were left as they were; the text says which and why."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file whose new content stands next to it under the name `temporary`."""

    rewrite: Rewrite
    folder: int
    name: str
    temporary: str
    seen: os.stat_result


def write(root: Path, rewrites: Sequence[Rewrite]) -> None:
    """Put the new bytes in place of the old, in all files or in none.

    A file that is a symbolic link, lies behind one, or no longer holds the old bytes is not touched.
    Raises WriteFailed.
    """
    with ExitStack() as cleanup:
        ready = [_prepared(cleanup, root, rewrite) for rewrite in rewrites]
        done: list[_Ready] = []
        try:
            for each in ready:
                _replace(each)
                done.append(each)
        except BaseException:
            for each in done:
                _put_back(each)
            raise
        for folder in {each.folder for each in ready}:
            os.fsync(folder)


def _prepared(cleanup: ExitStack, root: Path, rewrite: Rewrite) -> _Ready:
    *parents, name = rewrite.path.split("/")
    if not name or not {"", ".", ".."}.isdisjoint((*parents, name)):
        raise WriteFailed(f"{rewrite.path!r} is no path below the root; no file was changed")
    try:
        folder = _opened(cleanup, root, parents)
        seen = _checked(folder, name, rewrite)
        return _Ready(rewrite, folder, name, _written(cleanup, folder, seen, rewrite.new), seen)
    except OSError as error:
        raise WriteFailed(f"{rewrite.path!r} cannot be written: {_why(error)}; no file was changed") from error


def _opened(cleanup: ExitStack, root: Path, parents: Sequence[str]) -> int:
    """The folder of a file, reached one component at a time so that no link can lead elsewhere."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    cleanup.callback(os.close, folder)
    for parent in parents:
        folder = os.open(parent, _FOLDER, dir_fd=folder)
        cleanup.callback(os.close, folder)
    return folder


def _checked(folder: int, name: str, rewrite: Rewrite) -> os.stat_result:
    with os.fdopen(os.open(name, _FILE, dir_fd=folder), "rb") as stream:
        seen = os.fstat(stream.fileno())
        if not stat.S_ISREG(seen.st_mode):
            raise WriteFailed(f"{rewrite.path!r} is not a regular file; no file was changed")
        if stream.read() != rewrite.old:
            raise WriteFailed(_changed(rewrite))
    return seen


def _changed(rewrite: Rewrite) -> str:
    return f"{rewrite.path!r} has changed since it was read; no file was changed, so run the command again"


def _written(cleanup: ExitStack, folder: int, seen: os.stat_result, data: bytes) -> str:
    """The name of a new file in `folder` that holds `data`, with the owner and mode of the old one."""
    name = f".repairbot-{secrets.token_hex(8)}"
    with os.fdopen(os.open(name, _NEW, 0o600, dir_fd=folder), "wb") as stream:
        cleanup.callback(_removed, folder, name)
        stream.write(data)
        stream.flush()
        with suppress(PermissionError):  # another user's file in a folder of ours: its mode is all that can be kept
            os.fchown(stream.fileno(), seen.st_uid, seen.st_gid)
        os.fchmod(stream.fileno(), stat.S_IMODE(seen.st_mode))
        os.fsync(stream.fileno())
    return name


def _removed(folder: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def _replace(ready: _Ready) -> None:
    try:
        now = os.stat(ready.name, dir_fd=ready.folder, follow_symlinks=False)
        if (now.st_ino, now.st_mtime_ns, now.st_size) != (
            ready.seen.st_ino,
            ready.seen.st_mtime_ns,
            ready.seen.st_size,
        ):
            raise WriteFailed(_changed(ready.rewrite))
        os.replace(ready.temporary, ready.name, src_dir_fd=ready.folder, dst_dir_fd=ready.folder)
    except OSError as error:
        raise WriteFailed(f"{ready.rewrite.path!r} cannot be replaced: {_why(error)}; no file was changed") from error


def _put_back(ready: _Ready) -> None:
    try:
        with ExitStack() as cleanup:
            temporary = _written(cleanup, ready.folder, ready.seen, ready.rewrite.old)
            os.replace(temporary, ready.name, src_dir_fd=ready.folder, dst_dir_fd=ready.folder)
    except OSError as error:
        path = ready.rewrite.path
        raise WriteFailed(f"{path!r} was rewritten, and its old content cannot be put back: {_why(error)}") from error


def _why(error: OSError) -> str:
    if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}:
        return "it is a symbolic link or lies behind one"
    return error.strerror or str(error)
