"""The values of the sandbox: its levels, what a level was shown to hold, and what was in force for a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from repairbot.process.run import Limits


class Kind(StrEnum):
    """How target code is kept apart, best first."""

    BUBBLEWRAP = "bubblewrap"
    NAMESPACES = "namespaces"
    CONTAINER = "container"
    OTHER_USER = "other-user"
    SAME_USER = "same-user"

    @property
    def own_root(self) -> bool:
        """Target code sees a file system of its own, into which files are bound."""
        return self in (Kind.BUBBLEWRAP, Kind.NAMESPACES, Kind.CONTAINER)

    @property
    def own_network(self) -> bool:
        """Target code has a network of its own, in which there is nobody else."""
        return self.own_root


@dataclass(frozen=True, slots=True)
class Rejection:
    """A level that was tried and not chosen, with the reason as one clause."""

    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level that was tried on this machine, and what the trial showed it to keep from target code.

    `uid` is the user id outside; `secrets_hidden`: neither the invoking user's private files nor the environment of any
    process of theirs can be read, and nothing of theirs can be written. `left_open`: what else target code was seen to
    reach, each a clause.
    """

    kind: Kind
    version: str | None
    uid: int
    secrets_hidden: bool
    network_off: bool
    rejected: tuple[Rejection, ...] = ()
    left_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bind:
    """A file or folder of this machine that target code sees at the absolute path `at`."""

    source: Path
    at: str
    writable: bool = False

    @classmethod
    def same(cls, path: Path) -> Bind:
        """Read-only, at the path that it has outside."""
        return cls(path, str(path))


@dataclass(frozen=True, slots=True)
class InForce:
    """What held during a run, for the evidence document."""

    level: Kind
    version: str | None
    uid: int
    secrets_hidden: bool
    network: bool
    limits: Limits
    rejected: tuple[Rejection, ...]
    left_open: tuple[str, ...]
