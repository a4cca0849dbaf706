"""The summary: what breaks, for whom, how well that is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.impact import EntryPoint, History
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier, left, mended
from repairbot.render.sections.tests import alarms
from repairbot.render.terminal.text import counted
from repairbot.render.wording import brief, day, distinct, listed, mistake, quoted

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One place; empty where nothing is known."""

    place: str
    function: str
    expression: str
    fate: str
    reached: str
    since: str
    grade: str


@dataclass(frozen=True, slots=True)
class Graded:
    """A level of evidence with its reason, and how many places have just these."""

    level: str
    reason: str
    places: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that a reader should see first; `tone` is `good`, `bad` or empty."""

    value: str
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Summary:
    what: str
    counts: tuple[str, ...]
    errors: Listed[str]
    whom: tuple[str, ...]
    rows: Listed[Row]
    grades: Listed[Graded]

    @property
    def has_reach(self) -> bool:
        return any(row.reached for row in self.rows.items)

    @property
    def has_history(self) -> bool:
        return any(row.since for row in self.rows.items)

    @property
    def has_grades(self) -> bool:
        return any(row.grade for row in self.rows.items)


def summary(document: EvidenceDocument, found: Sequence[Dossier], detail: Detail) -> Summary:
    bugs = [one for one in found if one.is_bug]
    shown = sorted(bugs, key=lambda one: not one.finding.applied)
    errors = distinct(brief(one.proof.error) for one in bugs if one.proof and one.proof.error)
    return Summary(
        what=_what(bugs),
        counts=tuple(_counts(document, found)),
        errors=first(min(3, detail.proofs), errors),
        whom=tuple(_whom(bugs)),
        rows=first(detail.places, map(_row, shown)),
        grades=first(detail.proofs, _grades(mended(found))),
    )


def _what(bugs: Sequence[Dossier]) -> str:
    if not bugs:
        return "No construct was found to be used on an object that lacks the protocol it needs."
    mistakes = listed(distinct(mistake(one.finding.rule) for one in bugs))
    return f"{mistakes[:1].upper()}{mistakes[1:]} fails each time it is reached."


def _counts(document: EvidenceDocument, found: Sequence[Dossier]) -> list[str]:
    repaired = mended(found)
    said = []
    if repaired and document.changes is not None:
        files = counted(len(document.changes.files), "file")
        said.append(f"The change mends {counted(len(repaired), 'place')} in {files}.")
    elif not repaired:
        said.append("Nothing is changed.")
    open_bugs = sum(one.is_bug for one in left(found))
    if open_bugs and repaired:
        fail = "fails the same way and is" if open_bugs == 1 else "fail the same way and are"
        said.append(f"{counted(open_bugs, 'more place')} {fail} left alone.")
    elif open_bugs:
        said.append(f"{counted(open_bugs, 'place')} {'is' if open_bugs == 1 else 'are'} left alone.")
    return said


def _whom(bugs: Sequence[Dossier]) -> list[str]:
    levels = Counter(one.severity.level for one in bugs if one.severity)
    said = []
    if levels["production"]:
        said.append(f"{_places(levels['production'])} reached in production{_from(bugs)}.")
    if levels["tests only"]:
        said.append(f"{_places(levels['tests only'])} reached from tests only.")
    if levels["unreached"]:
        said.append(f"No way was found that leads to {counted(levels['unreached'], 'place')}.")
    return said + list(_hidden(bugs))


def _places(number: int) -> str:
    return f"{counted(number, 'place')} {'is' if number == 1 else 'are'}"


def _from(bugs: Sequence[Dossier]) -> str:
    points = [point for one in bugs if one.reach for point in one.reach.entry_points if point.production]
    named = distinct(map(_point, points))
    if not named:
        return ""
    more = len(named) > _NAMED or any(one.reach and one.reach.more for one in bugs)
    return f", from {listed([*named[:_NAMED], 'others'] if more else named[:_NAMED])}"


def _point(point: EntryPoint) -> str:
    return f"{point.kind} {quoted(point.name)}"


def _hidden(bugs: Sequence[Dossier]) -> tuple[str, ...]:
    """Where the failure is not seen, which is why nobody reported it."""
    severities = [one.severity for one in bugs if one.severity]
    places = [place for one in severities for place in (one.swallowed, one.skipped) if place]
    return distinct(
        f"The failure is hidden at {quoted(f'{place.path}:{place.line}')}: {place.text}." for place in places
    )[:_NAMED]


def _row(one: Dossier) -> Row:
    finding = one.finding
    return Row(
        place=one.place,
        function=finding.function,
        expression=finding.expression,
        fate=fate(one),
        reached=_reached(one),
        since=_since(one.history) if one.history else "",
        grade=one.grade.level if one.grade else "",
    )


def fate(one: Dossier) -> str:
    """What becomes of a finding, in a few words."""
    if one.finding.applied:
        return "mended"
    if one.unsafe:
        return "unsafe fix, not applied"
    return {"fix": "fix not applied", "refuse": "no fix", "expected": "meant to fail"}.get(
        one.finding.disposition, "withdrawn"
    )


def _reached(one: Dossier) -> str:
    reach = one.reach
    if reach is None:
        return one.severity.level if one.severity else ""
    if not reach.entry_points:
        return "nothing that is known"
    points = sorted(reach.entry_points, key=lambda point: not point.production)
    others = len(points) + reach.more - 1
    return _point(points[0]) + (f" and {others:,} more" if others else "")


def _since(history: History) -> str:
    note = history.flip if history.broken == "flip" else history.introduced
    return day(note.date) if note else ""


def _grades(repaired: Sequence[Dossier]) -> tuple[Graded, ...]:
    counts = Counter((one.grade.level, one.grade.reason) for one in repaired if one.grade)
    return tuple(Graded(level, reason, number) for (level, reason), number in sorted(counts.items()))


def tiles(document: EvidenceDocument, found: Sequence[Dossier]) -> tuple[Tile, ...]:
    """Counts, and the weakest and the strongest level of evidence."""
    return tuple(_tiles(document, found))


def _tiles(document: EvidenceDocument, found: Sequence[Dossier]) -> Iterator[Tile]:
    repaired = mended(found)
    yield _tile(len(repaired), "place mended", "places mended", "good" if repaired else "")
    yield _tile(sum(one.is_bug for one in left(found)), "place left alone", "places left alone", "")
    levels = sorted({one.grade.level for one in repaired if one.grade})
    if levels:
        tone = "good" if levels[-1] in {"A", "B"} else ""
        yield Tile(" to ".join(distinct([levels[0], levels[-1]])), "evidence, A to E", tone)
    tests = document.runs.tests
    if tests is None:
        yield Tile("none", "tests run", "bad")
        return
    yield _tile(tests.verdicts.get("fixed", 0), "test fixed", "tests fixed", "good")
    worse = alarms(tests)
    yield _tile(worse, "test got worse", "tests got worse", "bad" if worse else "good")


def _tile(number: int, one: str, many: str, tone: str) -> Tile:
    return Tile(f"{number:,}", one if number == 1 else many, tone)
