"""Folders of ours that outlive nobody: their names say which process made them, and the next one removes stale ones."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from repairbot.harness import leftovers
from repairbot.process import tree

_MARK = re.compile(r"(?P<pid>\d+)-(?P<born>\d+)-(?P<machine>[0-9a-f]{8})-\w+")


def make(prefix: str, place: Path | None = None) -> Path:
    """Return a new folder below `place` that only we can enter; stale ones of the same prefix there are removed."""
    place = place or Path(tempfile.gettempdir())
    sweep(prefix, place)
    born = _born(os.getpid()) or 0
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-{born}-{_machine()}-", dir=place))


@contextmanager
def folder(prefix: str, place: Path | None = None) -> Iterator[Path]:
    """Make one that is removed when the block ends."""
    made = make(prefix, place)
    try:
        yield made
    finally:
        leftovers.remove(made)


def sweep(prefix: str, place: Path) -> None:
    """Remove what processes of this user left that were killed on this machine; nothing that anybody may still use."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.name.startswith(prefix) and _is_stale(entry, entry.name.removeprefix(prefix)):
                    leftovers.remove(Path(entry.path))


def _is_stale(entry: os.DirEntry[str], mark: str) -> bool:
    found = _MARK.fullmatch(mark)
    if found is None or found["machine"] != _machine():
        return False
    status = entry.stat(follow_symlinks=False)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return False
    return _born(int(found["pid"])) != int(found["born"])


def _born(pid: int) -> int | None:
    """Return when a process started, in ticks since the machine did, to tell it from a later one of its number.

    None when there is no such process; 0 where the system does not say.
    """
    born = tree.born(pid)
    if born is not None:
        return born
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except (OSError, OverflowError):
        return 0
    return 0


@cache
def _machine() -> str:
    """Return what numbers of processes mean something on: this boot of this machine, and our view of its processes.

    Folders may be shared with other machines and containers, whose processes we cannot see.
    """
    parts = [os.uname().nodename]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii"))
    with suppress(OSError):
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:8]
