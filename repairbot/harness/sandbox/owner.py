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


def _give(name: str, uid: int, folder: int) -> None:
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    # Another name of a file of ours, made by target code in an earlier run, must not carry ownership away.
    if stat.S_ISDIR(found.st_mode) or found.st_nlink == 1:
        os.chown(name, uid, uid, dir_fd=folder, follow_symlinks=False)
