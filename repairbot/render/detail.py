"""How much of each kind of detail a write-up holds, and the order in which detail is dropped to fit a limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Detail:
    """The most that is listed of each kind; zero leaves the kind out."""

    places: int = 25  # rows of the summary
    diff_lines: int = 400
    causes: int = 10
    proofs: int = 10
    reached: int = 10  # places whose entry points are listed
    paths: int = 6  # entry points of each of them
    pictured: int = 24  # boxes of the picture
    histories: int = 10
    tests: int = 10  # names in each list of tests
    left: int = 25
    undecided: int = 10
    skipped: int = 10
    steps: int = 12  # next steps, and steps of a journey
    environment: int = 12  # lines on how it was run


# A picture of more boxes shows nothing.
WHOLE = Detail(**{**dict.fromkeys((one.name for one in fields(Detail)), 1_000_000), "pictured": 48})

# In this order, each on top of those before. What remains at the end is short whatever the evidence holds.
_DROPS: tuple[tuple[str, dict[str, int]], ...] = (
    ("the lists of undecided places and skipped files", {"undecided": 0, "skipped": 0}),
    ("the names of tests beyond three of a kind", {"tests": 3}),
    ("the picture of the call paths", {"pictured": 0}),
    ("call paths beyond three for each of three places", {"reached": 3, "paths": 3}),
    ("chains of evidence, proofs and histories beyond three", {"causes": 3, "proofs": 3, "histories": 3}),
    ("places left alone beyond ten", {"left": 10}),
    ("a diff of more than 120 lines", {"diff_lines": 120}),
    ("places in the summary beyond ten", {"places": 10}),
    ("all but one of each list, and the diff", {**dict.fromkeys(Detail.__slots__, 1), "diff_lines": 0, "pictured": 0}),
    ("everything but counts", dict.fromkeys(Detail.__slots__, 0)),
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A level of detail, and what is missing from it, as clauses."""

    detail: Detail
    said: tuple[str, ...]


def levels(first: Detail) -> Iterable[Dropped]:
    """From all detail to the least."""
    level = Dropped(first, ())
    yield level
    for said, most in _DROPS:
        smaller = {kind: min(number, getattr(level.detail, kind)) for kind, number in most.items()}
        level = Dropped(replace(level.detail, **smaller), (*level.said, said))
        yield level


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The items that are shown, and how many are not."""

    items: tuple[T, ...]
    more: int

    def __bool__(self) -> bool:
        return bool(self.items) or self.more > 0

    @property
    def total(self) -> int:
        return len(self.items) + self.more


def first(most: int, items: Iterable[T]) -> Listed[T]:
    found = tuple(items)
    return Listed(found[:most], max(0, len(found) - most))
