"""Plans over a snapshot become checked replacements of text, each plan with its outcome."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from repairbot.model import Safety, TextEdit
from repairbot.repair.checks import check_compiles, check_only_spans_changed
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.groups import Group, clusters, grouped, united
from repairbot.repair.layout import Layout, merged
from repairbot.repair.refused import Refused
from repairbot.repair.render import Renderer, TextEdits
from repairbot.rule import Plan, Refusal
from repairbot.source.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A finding by what it is rather than where, so that it can be recognised after lines have moved.

    `expression` is the iterated or entered expression without white space.
    """

    rule: str
    path: str
    expression: str

    def __str__(self) -> str:
        return f"{self.rule} on `{self.expression}` in {self.path}"


@dataclass(frozen=True, slots=True)
class Planned:
    """A finding and the plan that mends it."""

    mismatch: Mismatch
    plan: Plan


@dataclass(frozen=True, slots=True)
class Mended:
    """A checked rewrite: all edits of the group that a plan belongs to. Equal groups have equal ids, in any run."""

    group: str
    edits: tuple[TextEdit, ...]
    safety: Safety
    reason: str | None


Outcome = Mended | Refusal
Rescan = Callable[[Snapshot, frozenset[str]], Counter[Mismatch]]
"""Every mismatch of a snapshot whose given paths were rewritten."""


@dataclass(frozen=True, slots=True)
class _Rendered:
    group: Group
    edits: TextEdits


def mended(
    snapshot: Snapshot, planned: Sequence[Planned], before: Counter[Mismatch], rescan: Rescan, worker: CstWorker
) -> tuple[Outcome, ...]:
    """For each plan what became of it. `before` is what `rescan` would find in the snapshot as it is."""
    renderer = Renderer(snapshot, worker)
    outcomes: dict[int, Outcome] = {}
    rendered: list[_Rendered] = []
    for group, result in _rendered(renderer, grouped([each.plan for each in planned])):
        match result:
            case Refusal():
                outcomes |= dict.fromkeys(group.members, result)
            case _:
                rendered.append(_Rendered(group, result))
    checker = _Checker(snapshot, planned, before, rescan)
    for each, refusal in checker.checked(rendered):
        outcomes |= dict.fromkeys(each.group.members, refusal or _outcome(each))
    return tuple(outcomes[index] for index in range(len(planned)))


def applied(snapshot: Snapshot, outcomes: Iterable[Mended]) -> dict[str, bytes]:
    """The new bytes of each file that the chosen groups change. Raises Refused when a file would not compile."""
    by_path: dict[str, list[TextEdit]] = {}
    for edit in dict.fromkeys(edit for outcome in outcomes for edit in outcome.edits):
        by_path.setdefault(edit.path, []).append(edit)
    return {path: _applied(snapshot, path, edits) for path, edits in sorted(by_path.items())}


def _applied(snapshot: Snapshot, path: str, edits: Sequence[TextEdit]) -> bytes:
    # What was parsed, not what may stand on the disk by now: edits are places in it.
    old = snapshot.parsed(snapshot.file(path)).data
    new = Layout.of(old).applied(edits)
    check_compiles(path, new)
    check_only_spans_changed(old, edits, new)
    return new


def _outcome(rendered: _Rendered) -> Mended:
    edits = tuple(edit for path in sorted(rendered.edits) for edit in rendered.edits[path])
    digest = hashlib.sha256(repr(edits).encode("utf-8", "surrogatepass")).hexdigest()
    return Mended(digest[:12], edits, rendered.group.safety, rendered.group.reason)


def _rendered(renderer: Renderer, groups: Sequence[Group]) -> Iterator[tuple[Group, TextEdits | Refusal]]:
    """Each group with its edits; groups whose edits cannot be told apart have become one."""
    alone: list[_Rendered] = []
    for group in groups:
        match renderer.rendered(group.edits):
            case Refusal() as refusal:
                yield group, refusal
            case edits:
                alone.append(_Rendered(group, edits))
    for cluster in clusters(alone, lambda each: _touched(renderer, each)):
        yield from _told_apart(renderer, cluster)


def _touched(renderer: Renderer, rendered: _Rendered) -> Iterable[Hashable]:
    """The lines of the statements that a group rewrites, and of its edits."""
    yield from renderer.lines_of(rendered.group.edits)
    for path, edits in rendered.edits.items():
        for edit in edits:
            yield from ((path, line) for line in range(edit.region.line, edit.region.end_line + 1))


def _told_apart(renderer: Renderer, cluster: Sequence[_Rendered]) -> Iterator[tuple[Group, TextEdits | Refusal]]:
    kept, *others = cluster
    joint = [kept]
    edits = kept.edits
    for other in others:
        match renderer.rendered(united(each.group for each in (*joint, other)).edits):
            case Refusal(reason):
                yield other.group, Refusal(f"not possible together with another fix around it: {reason}")
            case together:
                joint.append(other)
                edits = together
    if edits == _union(joint):
        yield from ((each.group, each.edits) for each in joint)
    else:
        yield united(each.group for each in joint), edits


def _union(rendered: Sequence[_Rendered]) -> TextEdits | None:
    by_path: dict[str, list[TextEdit]] = {}
    for each in rendered:
        for path, edits in each.edits.items():
            by_path.setdefault(path, []).extend(edits)
    try:
        return {path: tuple(merged(edits)) for path, edits in by_path.items()}
    except Refused:
        return None


class _Checker:
    """Checks groups together, and apart only when together they fail."""

    def __init__(
        self, snapshot: Snapshot, planned: Sequence[Planned], before: Counter[Mismatch], rescan: Rescan
    ) -> None:
        self._snapshot = snapshot
        self._planned = planned
        self._before = before
        self._rescan = rescan

    def checked(self, rendered: Sequence[_Rendered]) -> Sequence[tuple[_Rendered, Refusal | None]]:
        """Each group, with a refusal when it fails."""
        if not rendered:
            return ()
        reason = self._failure(rendered)
        if reason is None:
            return [(each, None) for each in rendered]
        if len(rendered) == 1:
            return [(rendered[0], Refusal(reason))]
        half = len(rendered) // 2
        first, second = self.checked(rendered[:half]), self.checked(rendered[half:])
        passing = [each for each, refusal in (*first, *second) if refusal is None]
        together = self._failure(passing) if passing else None
        if together is not None:
            why = Refusal(f"not possible together with another fix: {together}")
            second = [(each, refusal or why) for each, refusal in second]
        return [*first, *second]

    def _failure(self, rendered: Sequence[_Rendered]) -> str | None:
        try:
            changes = applied(self._snapshot, map(_outcome, rendered))
        except Refused as refused:
            return str(refused)
        mending = Counter(self._planned[member].mismatch for each in rendered for member in each.group.members)
        after = self._rescan(self._snapshot.overlay(changes), frozenset(changes))
        worst = next(iter(after - (self._before - mending)), None)
        if worst is None:
            return None
        return f"a new scan would {'still' if worst in mending else 'then'} find {worst}"
