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
from repairbot.repair.mishaps import Mishaps
from repairbot.repair.refused import Refused
from repairbot.repair.render import Renderer, TextEdits
from repairbot.rule import Edit, Plan, Refusal
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


_RENDERINGS = 64
_TOO_MANY = "too many fixes stand inside one another here: apply the others first"
# Among more groups than these the guilty ones are told by what they did, not by trying parts of them.
_FEW = 16


@dataclass(frozen=True, slots=True)
class _Rendered:
    group: Group
    edits: TextEdits


def mended(
    snapshot: Snapshot,
    planned: Sequence[Planned],
    before: Counter[Mismatch],
    rescan: Rescan,
    worker: CstWorker,
    mishaps: Mishaps | None = None,
) -> tuple[Outcome, ...]:
    """For each plan what became of it. `before` is what `rescan` would find in the snapshot as it is."""
    renderer = _Careful(Renderer(snapshot, worker), mishaps or Mishaps())
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
    return {path: _applied(snapshot, path, edits) for path, edits in _by_path(outcomes).items()}


def _by_path(outcomes: Iterable[Mended]) -> dict[str, list[TextEdit]]:
    found: dict[str, list[TextEdit]] = {}
    for edit in dict.fromkeys(edit for outcome in outcomes for edit in outcome.edits):
        found.setdefault(edit.path, []).append(edit)
    return dict(sorted(found.items()))


def _applied(snapshot: Snapshot, path: str, edits: Sequence[TextEdit]) -> bytes:
    # What was parsed, not what may stand on the disk by now: edits are places in it.
    return rewritten(path, snapshot.parsed(snapshot.file(path)).data, edits)


def rewritten(path: str, old: bytes, edits: Sequence[TextEdit]) -> bytes:
    """A file after edits that are all of it. Raises Refused when it would not compile."""
    new = Layout.of(old).applied(edits)
    check_compiles(path, new)
    check_only_spans_changed(old, edits, new)
    return new


def _outcome(rendered: _Rendered) -> Mended:
    edits = tuple(edit for path in sorted(rendered.edits) for edit in rendered.edits[path])
    digest = hashlib.sha256(repr(edits).encode("utf-8", "surrogatepass")).hexdigest()
    return Mended(digest[:12], edits, rendered.group.safety, rendered.group.reason)


class _Careful:
    """A renderer whose failures cost the group at hand alone, and which gives a cluster up that costs too much."""

    def __init__(self, renderer: Renderer, mishaps: Mishaps) -> None:
        self._renderer = renderer
        self._mishaps = mishaps

    def rendered(self, edits: Sequence[Edit]) -> TextEdits | Refusal:
        return self._mishaps.kept(edits[0].path, lambda: self._renderer.rendered(edits))

    def lines_of(self, edits: Sequence[Edit]) -> Iterable[tuple[str, int]]:
        return self._renderer.lines_of(edits)


def _rendered(renderer: _Careful, groups: Sequence[Group]) -> Iterator[tuple[Group, TextEdits | Refusal]]:
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


def _touched(renderer: _Careful, rendered: _Rendered) -> Iterable[Hashable]:
    """The lines of the statements that a group rewrites, and of its edits."""
    yield from renderer.lines_of(rendered.group.edits)
    for path, edits in rendered.edits.items():
        for edit in edits:
            yield from ((path, line) for line in range(edit.region.line, edit.region.end_line + 1))


def _told_apart(renderer: _Careful, cluster: Sequence[_Rendered]) -> Iterator[tuple[Group, TextEdits | Refusal]]:
    kept, *others = cluster
    joint, edits, refused = _joined(renderer, [kept], kept.edits, others, _Purse(_RENDERINGS))
    yield from ((other.group, reason) for other, reason in refused)
    if edits == _union(joint):
        yield from ((each.group, each.edits) for each in joint)
    else:
        yield united(each.group for each in joint), edits


class _Purse:
    """So many renderings are left for a cluster."""

    def __init__(self, left: int) -> None:
        self.left = left


_Joined = tuple[list[_Rendered], TextEdits, list[tuple[_Rendered, Refusal]]]


def _joined(
    renderer: _Careful, joint: list[_Rendered], edits: TextEdits, others: Sequence[_Rendered], purse: _Purse
) -> _Joined:
    """Add to a joint rewrite what can be added: all at once where that is possible, else by halves."""
    if not others:
        return joint, edits, []
    if not purse.left:
        return joint, edits, [(each, Refusal(_TOO_MANY)) for each in others]
    purse.left -= 1
    match renderer.rendered(united(each.group for each in (*joint, *others)).edits):
        case Refusal(reason) if len(others) == 1:
            return joint, edits, [(others[0], Refusal(f"not possible together with another fix around it: {reason}"))]
        case Refusal():
            half = len(others) // 2
            joint, edits, first = _joined(renderer, joint, edits, others[:half], purse)
            joint, edits, second = _joined(renderer, joint, edits, others[half:], purse)
            return joint, edits, [*first, *second]
        case together:
            return [*joint, *others], together, []


def _union(rendered: Sequence[_Rendered]) -> TextEdits | None:
    by_path: dict[str, list[TextEdit]] = {}
    for each in rendered:
        for path, edits in each.edits.items():
            by_path.setdefault(path, []).extend(edits)
    try:
        return {path: tuple(merged(edits)) for path, edits in by_path.items()}
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why groups together fail; `found` are the mismatches that should not be there, `path` the file that is wrong."""

    reason: str
    path: str | None = None
    found: frozenset[Mismatch] = frozenset()


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
        failure = self._failure(rendered)
        if failure is None:
            return [(each, None) for each in rendered]
        if len(rendered) == 1:
            return [(rendered[0], Refusal(failure.reason))]
        first, second = self._parts(rendered, failure)
        if not first:
            return [(each, Refusal(failure.reason)) for each in second]
        done, more = self.checked(first), self.checked(second)
        passing = [each for each, refusal in (*done, *more) if refusal is None]
        together = self._failure(passing) if passing else None
        if together is not None:
            why = Refusal(f"not possible together with another fix: {together.reason}")
            more = [(each, refusal or why) for each, refusal in more]
        return [*done, *more]

    def _parts(
        self, rendered: Sequence[_Rendered], failure: _Failure
    ) -> tuple[Sequence[_Rendered], Sequence[_Rendered]]:
        """Two parts to check by themselves: halves of a few groups, else the innocent and the suspects."""
        if len(rendered) <= _FEW:
            half = len(rendered) // 2
            return rendered[:half], rendered[half:]
        guilty = {id(each) for each in rendered if self._is_suspect(each, failure)}
        if not guilty:
            return [], rendered
        return [each for each in rendered if id(each) not in guilty], [each for each in rendered if id(each) in guilty]

    def _is_suspect(self, rendered: _Rendered, failure: _Failure) -> bool:
        """Whether a group was to take away what is still found, or changes a file that went wrong."""
        if any(self._planned[member].mismatch in failure.found for member in rendered.group.members):
            return True
        wrong = {mismatch.path for mismatch in failure.found} | ({failure.path} if failure.path else set())
        return not wrong.isdisjoint(rendered.edits)

    def _failure(self, rendered: Sequence[_Rendered]) -> _Failure | None:
        changes: dict[str, bytes] = {}
        for path, edits in _by_path(map(_outcome, rendered)).items():
            try:
                changes[path] = _applied(self._snapshot, path, edits)
            except Refused as refused:
                return _Failure(str(refused), path)
        mending = Counter(self._planned[member].mismatch for each in rendered for member in each.group.members)
        after = self._rescan(self._snapshot.overlay(changes), frozenset(changes))
        wrong = after - (self._before - mending)
        worst = next(iter(wrong), None)
        if worst is None:
            return None
        said = f"a new scan would {'still' if worst in mending else 'then'} find {worst}"
        return _Failure(said, None, frozenset(wrong))
