"""Removes what a user id of ours left on the machine: its files where everybody may write, its memory segments."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from repairbot.harness import leftovers

# Nobody may write there, or what is written is not kept.
_PASSED_OVER = {"/boot", "/dev/fd", "/dev/pts", "/nix", "/proc", "/sys", "/usr"}
_DEPTH = 3
_REMOVE = 0  # IPC_RMID
_SEGMENTS = {"shm": "shmctl", "msg": "msgctl", "sem": "semctl"}


def remove(uid: int, kept: Collection[Path]) -> None:
    """Remove all of it but what lies in `kept`, the folders of the job, whatever modes their content was given.

    No process of that user is alive any more, and no other program shares the id.
    """
    ours = {str(path) for path in kept}
    for folder in list(_open_to_all("/", _DEPTH, ours)):
        with suppress(OSError):
            mine = [Path(entry.path) for entry in os.scandir(folder) if entry.stat(follow_symlinks=False).st_uid == uid]
            for path in mine:
                leftovers.remove(path)
    for kind, number in _segments_of(uid):
        # A set of semaphores is named before the semaphore within it.
        words = (number, 0, _REMOVE, 0) if kind == "sem" else (number, _REMOVE, 0)
        getattr(ctypes.CDLL(None), _SEGMENTS[kind])(*words)


def _open_to_all(folder: str, depth: int, ours: Collection[str]) -> Iterator[str]:
    """The folders in which every user may make files, none of `ours` and none below them."""
    try:
        entries = [entry for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in entries:
        if entry.path in _PASSED_OVER or entry.path in ours:
            continue
        if depth > 1:
            yield from _open_to_all(entry.path, depth - 1, ours)
        with suppress(FileNotFoundError):
            if entry.stat(follow_symlinks=False).st_mode & 0o002:
                yield entry.path


def _segments_of(uid: int) -> Iterator[tuple[str, int]]:
    for kind in _SEGMENTS:
        with suppress(OSError):
            head, *rows = Path("/proc/sysvipc", kind).read_text(encoding="ascii").splitlines()
            names = head.split()
            for row in rows:
                fields = dict(zip(names, row.split(), strict=False))
                if fields["uid"] == str(uid):
                    yield kind, int(fields[f"{kind}id" if kind != "msg" else "msqid"])
