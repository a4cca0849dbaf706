"""A process and its descendants as /proc shows them; nothing where there is no /proc."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Member:
    """One process; `born` tells it from a later one with the same number. It can move to another session."""

    pid: int
    born: int
    session: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Use:
    """The descendants of a process; `resident_bytes` counts what they share once for each of them."""

    members: tuple[Member, ...]
    resident_bytes: int


@dataclass(frozen=True, slots=True)
class _Stat:
    member: Member
    parent: int
    resident: int


def use_of(pid: int) -> Use:
    stats = _descendants(pid)
    return Use(tuple(stat.member for stat in stats), sum(stat.resident for stat in stats))


def memory_of(use: Use, enough: int) -> int:
    """The bytes of memory that the machine loses to these processes; what is at most `enough` may be too high.

    What several share is counted once, and files that lie in memory are counted. What no file or process shows (pipes,
    unnamed files, segments of System V) only `memory_left` notices.
    """
    files = _files_in_memory(use.members)
    if use.resident_bytes + files <= enough:
        return use.resident_bytes + files
    return sum(_proportional(member.pid) for member in use.members) + files


def memory_left() -> int | None:
    """The bytes that programs can still take on this machine without swapping; None where that is not told."""
    try:
        text = (_PROC / "meminfo").read_bytes()
    except OSError:
        return None
    found = re.search(rb"^MemAvailable:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def _proportional(pid: int) -> int:
    """Its own memory and its part of what it shares; all that it has where the kernel does not say."""
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_bytes()
    except OSError:
        stat = _stat(pid)
        return stat.resident if stat is not None else 0
    found = re.search(rb"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _files_in_memory(members: Iterable[Member]) -> int:
    """What lies in the file systems in memory that these processes see and we do not."""
    ours = _mounts(os.getpid())
    seen = {_mount_namespace(os.getpid()), None}
    used: dict[int, int] = {}
    for member in members:
        if (namespace := _mount_namespace(member.pid)) in seen:
            continue
        seen.add(namespace)
        for device, place in _mounts(member.pid).items():
            if device not in ours:
                used[device] = _used(f"{_PROC}/{member.pid}/root{place}", device)
    return sum(used.values())


def _mount_namespace(pid: int) -> int | None:
    try:
        return os.stat(f"{_PROC}/{pid}/ns/mnt").st_ino
    except OSError:
        return None


def _mounts(pid: int) -> dict[int, str]:
    """The file systems in memory that a process sees: device and one place each."""
    found = {}
    try:
        lines = (_PROC / str(pid) / "mountinfo").read_bytes().splitlines()
    except OSError:
        return {}
    for line in lines:
        before, _, after = line.partition(b" - ")
        fields = before.split()
        if after.startswith(b"tmpfs "):
            major, minor = fields[2].split(b":")
            place = re.sub(rb"\\(\d{3})", lambda code: bytes([int(code[1], 8)]), fields[4])
            found[os.makedev(int(major), int(minor))] = os.fsdecode(place)
    return found


def _used(place: str, device: int) -> int:
    try:
        # Another mount may cover the place.
        if os.stat(place).st_dev != device:
            return 0
        status = os.statvfs(place)
    except OSError:
        return 0
    return (status.f_blocks - status.f_bfree) * status.f_frsize


def environments_above() -> Iterator[dict[str, str]]:
    """What the processes that led to ours were started with, as far as a process of our user can read it."""
    stat = _stat(os.getpid())
    while stat is not None and stat.parent:
        with suppress(OSError):
            words = (_PROC / str(stat.parent) / "environ").read_bytes().split(b"\0")
            yield dict(os.fsdecode(word).split("=", 1) for word in words if b"=" in word)
        stat = _stat(stat.parent)


def born(pid: int) -> int | None:
    """Return when a process started, in ticks since the machine did; None where /proc does not show it."""
    stat = _stat(pid)
    return stat.member.born if stat is not None else None


def user_ids() -> frozenset[int]:
    """The users that own a process."""
    found = set()
    for name in _numbers():
        with suppress(OSError):
            found.add((_PROC / name).stat().st_uid)
    return frozenset(found)


def kill(members: Iterable[Member]) -> None:
    """Kill those that are still the processes they were, and what has joined their sessions since."""
    known = frozenset(members)
    sessions = {member.session for member in known}
    for stat in _all():
        if stat.member in known or stat.member.session in sessions:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(stat.member.pid, signal.SIGKILL)


def _descendants(pid: int) -> list[_Stat]:
    children: dict[int, list[_Stat]] = {}
    for stat in _all():
        children.setdefault(stat.parent, []).append(stat)
    found: list[_Stat] = []
    waiting = [pid]
    while waiting:
        for stat in children.pop(waiting.pop(), ()):
            found.append(stat)
            waiting.append(stat.member.pid)
    return found


def _all() -> Iterator[_Stat]:
    for name in _numbers():
        if (stat := _stat(int(name))) is not None:
            yield stat


def _numbers() -> list[str]:
    return [name for name in os.listdir(_PROC) if name.isdigit()] if _PROC.is_dir() else []


def _stat(pid: int) -> _Stat | None:
    try:
        text = (_PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    # The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    fields = text[text.rindex(b")") + 2 :].split()
    return _Stat(Member(pid, int(fields[19]), int(fields[3])), int(fields[1]), max(0, int(fields[21])) * _PAGE)
