"""What may be proposed for one rule, and the wishes of whoever publishes: frozen values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

RETRY = "repairbot:retry"
REBUILD = "repairbot:rebuild"


@dataclass(frozen=True, slots=True)
class OfferedGroup:
    """Edits proposed whole or not at all: fingerprints of what they mend, each with a digest of the code there.

    `places` are what a person calls them, such as `app/api.py:12`.
    """

    name: str
    entries: Mapping[str, str]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One rule on one base: what our own derivation allows of the proposal.

    `found` are all fingerprints that the base has now, `unseen` those of which the proposal does not speak. `draft`
    and `held` are reasons: to publish as a draft only, and not to publish at all. `blobs` says which blob each file
    becomes when some groups are applied.
    """

    rule: str
    slug: str
    base: str
    base_commit: str
    branch: str
    groups: tuple[OfferedGroup, ...]
    found: frozenset[str]
    evidence: str
    blobs: Callable[[frozenset[str]], Mapping[str, str]]
    draft: str | None = None
    held: str | None = None
    unseen: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def entries(self, names: frozenset[str]) -> dict[str, str]:
        """Fingerprints and digests of some groups."""
        return {mark: code for group in self.chosen(names) for mark, code in sorted(group.entries.items())}

    def chosen(self, names: frozenset[str]) -> Iterable[OfferedGroup]:
        return (group for group in self.groups if group.name in names)

    def digest(self, names: frozenset[str]) -> str:
        """Equal when a pull request of these groups would say the same."""
        return hashlib.sha256("\n".join([self.evidence, *sorted(names)]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Dressing:
    """What a new pull request is given once; later it is for people to change."""

    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    team_reviewers: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: str | None = None

    @property
    def empty(self) -> bool:
        return self == Dressing()


@dataclass(frozen=True, slots=True)
class Wishes:
    """`email` is that of our commits; `max_new` is what is left of this run's allowance."""

    email: str
    dressing: Dressing = Dressing()
    max_open: int = 10
    max_new: int = 10
