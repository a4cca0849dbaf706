"""Who reaches a line, how bad that is, and since when it is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from repairbot.evidence.impact import CommitNote, EntryPoint, History, Hop, Reach, Severity
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier
from repairbot.render.terminal.text import counted
from repairbot.render.wording import day, quoted

_MANY = 1000


@dataclass(frozen=True, slots=True)
class Stop:
    """One hop of a way; `place` is only the line where the file is that of the hop before."""

    place: str
    function: str


@dataclass(frozen=True, slots=True)
class Way:
    """An entry point and how it leads to a place."""

    kind: str
    name: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """One place and in a few words how it is reached: the ways in, shortest first.

    `besides` are tests and the like that reach a place which production reaches as well; `more` is not known by name.
    """

    place: str
    function: str
    ways: Listed[Way]
    besides: Listed[Way]
    more: int
    how: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reaches:
    places: Listed[Reached]
    graph: Graph | None


@dataclass(frozen=True, slots=True)
class Graph:
    """The call paths as one picture: boxes in the order they are met, arrows between them by number."""

    nodes: tuple[Node, ...]
    arrows: tuple[tuple[int, int], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Node:
    """`kind` is `production`, `other` (an entry point in tests and the like), `step` or `place`."""

    kind: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Since:
    """The histories that are the same, told once."""

    places: Listed[str]
    told: tuple[str, ...]
    stale: Listed[Hop]


def reaches(found: Sequence[Dossier], detail: Detail) -> Reaches | None:
    bugs = [one for one in found if one.is_bug and (one.reach or one.severity)]
    if not bugs:
        return None
    bugs.sort(key=lambda one: one.severity is None or one.severity.level != "production")
    places = first(detail.reached, (_reached(one, detail) for one in bugs))
    return Reaches(places, graph(bugs, detail.pictured))


def _reached(one: Dossier, detail: Detail) -> Reached:
    reach = one.reach or Reach(())
    points = sorted(reach.entry_points, key=lambda point: len(point.hops))
    leading = _leading(points)
    return Reached(
        place=one.place,
        function=one.finding.function,
        ways=first(detail.paths, map(_way, leading)),
        besides=first(min(3, detail.paths) if detail.paths < _MANY else _MANY, map(_way, _rest(points, leading))),
        more=reach.more,
        how=tuple(_how(one.severity)) if one.severity else (),
        limits=tuple(_limits(reach)) if one.reach else (),
    )


def _leading(points: Sequence[EntryPoint]) -> list[EntryPoint]:
    """The entry points that count: those of production, where there are any."""
    return [point for point in points if point.production] or list(points)


def _rest(points: Sequence[EntryPoint], leading: Sequence[EntryPoint]) -> list[EntryPoint]:
    return [point for point in points if point not in leading]


def _way(point: EntryPoint) -> Way:
    stops, path = [], ""
    for hop in point.hops:
        stops.append(Stop(f":{hop.line}" if hop.path == path else f"{hop.path}:{hop.line}", hop.function))
        path = hop.path
    return Way(point.kind, point.name, tuple(stops))


def _how(severity: Severity) -> list[str]:
    said = ["runs on every call" if severity.always else "runs on one branch only"]
    if severity.in_loop:
        said.append("stands in a loop")
    hiding = (place for place in (severity.swallowed, severity.skipped) if place is not None)
    return [*said, *(f"{place.text} ({quoted(f'{place.path}:{place.line}')})" for place in hiding)]


def _limits(reach: Reach) -> list[str]:
    said = []
    if not reach.entry_points and not reach.more:
        said.append("no entry point that is known leads here")
    if reach.other_roots:
        said.append(f"{counted(reach.other_roots, 'caller')} that nothing is known to call")
    if reach.unfollowed:
        said.append(f"{counted(reach.unfollowed, 'use')} of a name on the way could not be followed")
    if reach.limit:
        said.append(reach.limit)
    return said


def graph(found: Sequence[Dossier], most: int) -> Graph | None:
    """The paths of all places, whole ones only, as long as there is room for their boxes."""
    nodes: dict[Node, int] = {}
    arrows: dict[tuple[int, int], None] = {}
    left_out = 0
    for one in found:
        for point in _leading(one.reach.entry_points) if one.reach else ():
            path = _path(point, one)
            if len(nodes) + sum(node not in nodes for node in path) > most:
                left_out += 1
                continue
            numbers = [nodes.setdefault(node, len(nodes)) for node in path]
            arrows.update(dict.fromkeys(pair for pair in pairwise(numbers) if pair[0] != pair[1]))
    return Graph(tuple(nodes), tuple(arrows), left_out) if arrows else None


def _path(point: EntryPoint, one: Dossier) -> list[Node]:
    start = Node("production" if point.production else "other", point.kind, point.name)
    end = Node("place", one.finding.function or "module", one.place)
    steps = [Node("step", hop.function or "module", f"{hop.path}:{hop.line}") for hop in point.hops]
    return [start, *(step for step in steps if step.place != end.place), end]


def histories(found: Sequence[Dossier], detail: Detail) -> Listed[Since] | None:
    by_history: dict[History, list[Dossier]] = {}
    for one in found:
        if one.is_bug and one.history is not None:
            by_history.setdefault(one.history, []).append(one)
    if not by_history:
        return None
    return first(
        detail.histories,
        (
            Since(
                first(detail.histories, (one.place for one in group)),
                tuple(_told(history)),
                first(detail.histories, history.stale),
            )
            for history, group in by_history.items()
        ),
    )


def _told(history: History) -> list[str]:
    match history.broken:
        case "flip":
            changed = history.flip_text or "the definition changed under its caller"
            said = [f"{changed}{_in(history.flip)}"]
            if history.introduced:
                said.append(f"the line was written before{_in(history.introduced)}")
        case "born":
            said = [f"broken since it was written{_in(history.introduced)}"]
        case _:
            said = [f"the line came{_in(history.introduced)}"] if history.introduced else []
            said.append(f"whether it ever worked is not known: {history.missing or 'no reason was recorded'}")
    return said


def _in(note: CommitNote | None) -> str:
    if note is None:
        return ""
    by = f" by {quoted(note.author)}" if note.author else ""
    return f" in {quoted(note.id[:12])} on {day(note.date)}{by}, “{note.title}”"
