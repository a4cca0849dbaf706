"""A process and its descendants as /proc shows them; nothing where there is no /proc."""

from __future__ import annotations

import os
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
    """The descendants of a process and the memory that they use together."""

    members: tuple[Member, ...]
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class _Stat:
    member: Member
    parent: int
    resident: int


def use_of(pid: int) -> Use:
    stats = _descendants(pid)
    return Use(tuple(stat.member for stat in stats), sum(stat.resident for stat in stats))


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
