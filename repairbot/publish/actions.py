"""What can be done to a branch and its pull request; `pull` is None for the one created just before."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.github.values import Pull

Groups = frozenset[str]


@dataclass(frozen=True, slots=True)
class Push:
    """Make the branch the base with these groups applied, if it still is at `lease` (None: if there is none)."""

    groups: Groups
    lease: str | None


@dataclass(frozen=True, slots=True)
class Create:
    groups: Groups
    draft: bool
    dressed: bool


@dataclass(frozen=True, slots=True)
class SetDraft:
    pull: Pull
    draft: bool


@dataclass(frozen=True, slots=True)
class Dress:
    """Set labels, reviewers and the like."""

    pull: Pull | None


@dataclass(frozen=True, slots=True)
class WriteText:
    """Write our part of the body and the ledger anew; `retitle` unless a person chose the title."""

    pull: Pull | None
    groups: Groups
    draft: bool
    retitle: bool


@dataclass(frozen=True, slots=True)
class CommentOnce:
    """Say something, unless it was said under the same topic."""

    pull: Pull
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Close:
    pull: Pull


@dataclass(frozen=True, slots=True)
class DropBranch:
    lease: str


@dataclass(frozen=True, slots=True)
class DropLabel:
    pull: Pull
    label: str


Action = Push | Create | SetDraft | Dress | WriteText | CommentOnce | Close | DropBranch | DropLabel


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, in order, and what to tell. `outcome` is one word for what becomes of the pull request."""

    outcome: str
    actions: tuple[Action, ...] = ()
    notes: tuple[str, ...] = ()
    pull: Pull | None = None
