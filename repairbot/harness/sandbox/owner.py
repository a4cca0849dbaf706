"""Gives files to the user that target code runs as, when that is not the user who started us."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def give(path: Path, uid: int) -> None:
    """Change the owner of a tree that only we have written; links are not followed, a tree given before is left alone.

    The top changes last: a tree whose top is theirs is theirs as a whole.
    """
    if uid == os.getuid() or path.lstat().st_uid == uid:
        return
    if path.is_dir():
        for _, folders, files, here in os.fwalk(path, topdown=False):
            for name in (*folders, *files):
                _give(name, uid, here)
    os.chown(path, uid, uid, follow_symlinks=False)


def take(path: Path, uid: int) -> None:
    """Make a tree ours that was given to `uid`, so that it can read all of it and write none.

    What is no ordinary file, folder or link goes, as does a file with another name: that one could still be written.
    """
    if uid == os.getuid() or path.lstat().st_uid != uid:
        return
    os.chown(path, os.getuid(), os.getgid(), follow_symlinks=False)
    if path.is_symlink() or not path.is_dir():
        return
    for _, folders, files, here in os.fwalk(path):
        os.fchmod(here, _readable(os.fstat(here).st_mode) | 0o555)
        for name in (*folders, *files):
            _take(name, here)


def _take(name: str, folder: int) -> None:
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if not (stat.S_ISDIR(found.st_mode) or stat.S_ISLNK(found.st_mode) or stat.S_ISREG(found.st_mode)) or (
        found.st_nlink > 1 and not stat.S_ISDIR(found.st_mode)
    ):
        os.unlink(name, dir_fd=folder)
        return
    os.chown(name, os.getuid(), os.getgid(), dir_fd=folder, follow_symlinks=False)
    if not stat.S_ISLNK(found.st_mode):
        os.chmod(name, _readable(found.st_mode), dir_fd=folder)


def _readable(mode: int) -> int:
    """Return a mode with which everybody may do what the owner may, but write."""
    owner = (mode >> 6) & 0o7
    return owner << 6 | (owner & 0o5) << 3 | (owner & 0o5)


def _give(name: str, uid: int, folder: int) -> None:
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    # Another name of a file of ours, made by target code in an earlier run, must not carry ownership away.
    if stat.S_ISDIR(found.st_mode) or found.st_nlink == 1:
        os.chown(name, uid, uid, dir_fd=folder, follow_symlinks=False)
