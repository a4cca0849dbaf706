"""From places in a target backwards through their callers to where control enters: all places at once, by levels."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from repairbot.evidence.impact import EntryPoint, Hop, Reach
from repairbot.impact.callers import Index, Target
from repairbot.impact.entry_points import Root, Roots
from repairbot.impact.mentions import Mention, Role
from repairbot.protocols.node_path import Spot
from repairbot.protocols.scopes import Scope
from repairbot.source.paths import shown

MOST_TARGETS = 300
MOST_LISTED = 30

Preferred = Callable[[EntryPoint], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """A way in, and the places on the path from it to the finding."""

    root: Root
    spots: tuple[Spot, ...]

    @property
    def entry_point(self) -> EntryPoint:
        root = self.root
        hops = tuple(
            Hop(shown(spot.module.file.path), spot.line, spot.out_of_lambdas().owner.qualified_name)
            for spot in self.spots
        )
        return EntryPoint(root.kind, root.name, root.production, hops, root.declared)


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be looked at next: `spots` lead from inside the target to the finding."""

    target: Target
    spots: tuple[Spot, ...]
    roots: tuple[Root, ...] = ()


@dataclass(slots=True)
class Search:
    """The search from one place; `ways` are the shortest path to each way in, shortest first."""

    ways: list[Way] = field(default_factory=list)
    unfollowed: int = 0
    frontier: list[_Step] = field(default_factory=list)
    seen: set[object] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)
    others: set[ast.AST] = field(default_factory=set)
    unread: int = 0
    left: int = 0
    late: bool = False

    def reach(self, preferred: Preferred) -> Reach:
        """What is listed: the preferred ways in first, then those of production, then the shortest."""
        listed = [way.entry_point for way in self.ways]
        listed.sort(key=lambda one: (not preferred(one), not one.production, len(one.hops), one.kind, one.name))
        kept = tuple(listed[:MOST_LISTED])
        return Reach(kept, len(listed) - len(kept), len(self.others), self.unfollowed, self._limit())

    def _limit(self) -> str | None:
        cut = []
        if self.late:
            cut.append("the time for this search was up before every caller was looked at")
        if self.left:
            cut.append(f"more than {MOST_TARGETS} functions lead here, and the rest were not looked at")
        if self.unread:
            files = "1 file that mentions" if self.unread == 1 else f"{self.unread} files that mention"
            cut.append(f"{files} a name on the way {'was' if self.unread == 1 else 'were'} not looked at")
        return "; ".join(cut) or None

    def add_way(self, root: Root, spots: tuple[Spot, ...]) -> None:
        if (root.kind, root.name) not in self.named:
            self.named.add((root.kind, root.name))
            self.ways.append(Way(root, spots))

    def add_other(self, scope: Scope) -> None:
        self.others.add(scope.node)


class Reaching:
    """Searches that share what is known of callers."""

    def __init__(self, index: Index, roots: Roots, deadline: float) -> None:
        self._index = index
        self._roots = roots
        self._deadline = deadline

    def searched(self, places: Sequence[Spot]) -> list[Search]:
        searches = [Search() for _ in places]
        for search, spot in zip(searches, places, strict=True):
            self._enter(search, spot, ())
        while level := _in_turns(searches):
            self._index.prepare([step.target for _, step in level])
            for search, step in level:
                self._advance(search, step)
        return searches

    def _enter(self, search: Search, spot: Spot, spots: tuple[Spot, ...]) -> None:
        """Go on from a place whose function runs it, or that the module or class runs when it is imported."""
        outer = spot.out_of_lambdas()
        owner, path = outer.owner, (spot, *spots)
        if owner.is_module or owner.is_class:
            root = self._roots.at_top(Mention(outer, Role.RUN, owner, spot.line))
            if root is not None:
                search.add_way(root, path)
            else:
                search.add_other(owner)
            return
        found = tuple(self._roots.of(owner))
        names = tuple(name for one in found if one.row.asked_by_name for name in _asked_by(owner.node))
        self._push(search, _Step(Target(owner, asked_by=names), path, found))

    def _push(self, search: Search, step: _Step) -> None:
        key = step.target.key
        if key in search.seen:
            return
        if len(search.seen) >= MOST_TARGETS:
            search.left += 1
            return
        search.seen.add(key)
        search.frontier.append(step)

    def _advance(self, search: Search, step: _Step) -> None:
        if time.monotonic() <= self._deadline:
            self._expand(search, step)
            return
        search.late = True
        for root in step.roots:
            search.add_way(root, step.spots)

    def _expand(self, search: Search, step: _Step) -> None:
        callers = self._index.callers(step.target)
        search.unfollowed += callers.unfollowed
        search.unread += callers.unread
        search.late |= callers.out_of_time
        for root in step.roots:
            if not (root.row.asked_by_name and callers.mentions and not _is_automatic(step.target.scope.node)):
                search.add_way(root, step.spots)
        for one in callers.mentions:
            self._follow(search, step, one)
        if not (callers.mentions or step.roots) and step.target.name is None and step.target.through is None:
            search.add_other(step.target.scope)

    def _follow(self, search: Search, step: _Step, one: Mention) -> None:
        roots = self._roots.handed(one, step.target.scope) if step.target.name is None else []
        for root in roots:
            search.add_way(root, step.spots)
        if roots:
            return
        match one.role:
            case Role.BASE:
                self._push(search, _Step(replace(step.target, through=one.owner), step.spots))
            case Role.STORED if one.name is not None:
                statement = next(node for node in reversed(one.spot.ancestors) if isinstance(node, ast.stmt))
                target = Target(one.owner, one.name, frozenset({statement.lineno}))
                self._push(search, _Step(target, (one.spot, *step.spots)))
            case _:
                self._enter(search, one.spot, step.spots)


def _in_turns(searches: Sequence[Search]) -> list[tuple[Search, _Step]]:
    """All that is to be looked at next, one of each search in turn, so that none uses up the time of the others."""
    fronts = [[(search, step) for step in search.frontier] for search in searches]
    for search in searches:
        search.frontier = []
    return [pair for turn in zip_longest(*fronts) for pair in turn if pair is not None]


def _asked_by(node: ast.AST) -> tuple[str, ...]:
    """The name under which pytest hands out a fixture."""
    for decorator in getattr(node, "decorator_list", ()):
        for keyword in getattr(decorator, "keywords", ()):
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                return (str(keyword.value.value),)
    return (getattr(node, "name", ""),)


def _is_automatic(node: ast.AST) -> bool:
    """Whether pytest runs the fixture unasked."""
    return any(
        keyword.arg == "autouse" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for decorator in getattr(node, "decorator_list", ())
        for keyword in getattr(decorator, "keywords", ())
    )
