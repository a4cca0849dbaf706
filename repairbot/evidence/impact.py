"""What a finding means for whom: who reaches the line, how bad that is, since when, and what the owner says of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a call path: the place in `function` (a qualified name, empty at the top of a module)."""

    path: str
    line: int
    function: str


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """Where control enters the target. `kind` and `production` come from the row that matched.

    `hops` lead from the entry point to the finding's line, the shortest way there is. `declared` is the decorator or
    the call that makes it one, None where its name or its class does.
    """

    kind: str
    name: str
    production: bool
    hops: tuple[Hop, ...]
    declared: Hop | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who reaches a line. `more` entry points are not listed; `other_roots` are callers that nothing calls and no row
    knows; `unfollowed` are uses of a name on the way whose target could not be told. `limit` says what was cut short.
    """

    entry_points: tuple[EntryPoint, ...]
    more: int = 0
    other_roots: int = 0
    unfollowed: int = 0
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the target and one sentence about it."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Severity:
    """`level` is `production`, `tests only` or `unreached`. `always`: the line runs on every call of its function.

    `swallowed` is the handler that hides the failure, `skipped` the one that turns it into a skipped test.
    """

    level: str
    always: bool
    in_loop: bool
    swallowed: Place | None = None
    skipped: Place | None = None


@dataclass(frozen=True, slots=True)
class CommitNote:
    """`date` is the author's, in ISO 8601; `author` only where it was asked for."""

    id: str
    date: str
    title: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Since when a line is broken. `broken` is `born` (the caller came later than the definition's protocol), `flip`
    (the definition changed under the caller) or `unknown`, with `missing` saying why.

    `stale` are other callers that the same flip left behind.
    """

    broken: str
    introduced: CommitNote | None = None
    flip: CommitNote | None = None
    flip_text: str | None = None
    stale: tuple[Hop, ...] = ()
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """None where it was not looked for."""

    reach: Reach | None = None
    severity: Severity | None = None
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a journey. `findings` are the fingerprints that break it; `blocked`: an earlier step breaks."""

    name: str
    findings: tuple[str, ...] = ()
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    name: str
    steps: tuple[Step, ...]
    share_of_value: float | None = None  # of the whole, 0 to 1
    revenue_at_risk: float | None = None
    currency: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Figures supplied by the repository's owner, and what the findings mean for them."""

    journeys: tuple[Journey, ...]
