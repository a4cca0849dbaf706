"""Removes what target code leaves behind, whatever modes, links and depth it made."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path


def remove(path: Path) -> None:
    """Remove a file, link or tree; nothing there is fine. Links are never followed, closed folders are opened first."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        path.unlink()
        return
    path.chmod(0o700)
    token = secrets.token_hex(8)
    fresh = (f"{token}-{number}" for number in count())
    top = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        while names := os.listdir(top):
            for name in names:
                _take_apart(name, top, fresh)
    finally:
        os.close(top)
    path.rmdir()


def _take_apart(name: str, top: int, fresh: Iterator[str]) -> None:
    """Remove one entry of the top; folders inside it move up, so that no depth exhausts stack or descriptors."""
    if not _is_folder(name, top):
        os.unlink(name, dir_fd=top)
        return
    os.chmod(name, 0o700, dir_fd=top)
    folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
    try:
        for entry in os.listdir(folder):
            if _is_folder(entry, folder):
                # A folder that moves has its ".." rewritten, for which it must be open.
                os.chmod(entry, 0o700, dir_fd=folder)
                os.rename(entry, next(fresh), src_dir_fd=folder, dst_dir_fd=top)
            else:
                os.unlink(entry, dir_fd=folder)
    finally:
        os.close(folder)
    os.rmdir(name, dir_fd=top)


def _is_folder(name: str, parent: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)
