"""What an expression can be: a known object, a union of objects, or Unknown with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.model import Evidence


@dataclass(frozen=True, slots=True)
class Unknown:
    """The object could not be resolved; `reason` is one sentence, the last of `evidence` is the first unknown link."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


class Known:
    """An object whose definition was read."""


@dataclass(frozen=True, slots=True)
class Union:
    """Several objects, each possible on some path."""

    alternatives: tuple[Known | Unknown, ...]


Value = Known | Unknown | Union
