"""One evidence document as the facts a write-up tells, section by section, at a given level of detail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.render.detail import Detail, Dropped, Listed
from repairbot.render.finding_details import Dossier, dossiers, mended
from repairbot.render.sections.change import fix
from repairbot.render.sections.close import alerts, next_steps, readiness
from repairbot.render.sections.commit import subject
from repairbot.render.sections.conditions import Condition, conditions
from repairbot.render.sections.left import left_alone
from repairbot.render.sections.proof import causes, reproductions
from repairbot.render.sections.reach import histories, reaches
from repairbot.render.sections.summary import Tile, summary, tiles
from repairbot.render.sections.tests import tested
from repairbot.render.sections.worth import worth


@dataclass(frozen=True, slots=True)
class Layout:
    """What the target may choose: which sections there are, in which order, and a text in front of them."""

    sections: tuple[str, ...]
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`facts` are what the section's template knows; a section without evidence is not made."""

    name: str
    title: str
    facts: object


@dataclass(frozen=True, slots=True)
class Story:
    """What every template is given. `dropped` are clauses that say which detail is missing."""

    document: EvidenceDocument
    title: str
    tiles: tuple[Tile, ...]
    introduction: tuple[str, ...]
    alerts: tuple[str, ...]
    sections: tuple[Section, ...]
    conditions: Listed[Condition]
    dropped: tuple[str, ...]


_Facts = Callable[[EvidenceDocument, Sequence[Dossier], Detail], object]

SECTIONS: Mapping[str, tuple[str, _Facts]] = {
    "summary": ("Summary", summary),
    "cause": ("Root cause", lambda _, found, detail: causes(found, detail)),
    "reproduction": ("Reproduction", reproductions),
    "fix": ("The fix", lambda document, _, detail: fix(document.changes, detail)),
    "reach": ("Who reaches it", lambda _, found, detail: reaches(found, detail)),
    "since": ("Since when", lambda _, found, detail: histories(found, detail)),
    "tests": ("Tests before and after", tested),
    "worth": ("What it is worth", lambda document, found, detail: worth(document.owner, found, detail)),
    "left-alone": ("Left alone", left_alone),
    "readiness": ("Readiness", lambda document, found, _: readiness(document, found)),
    "next-steps": ("Next steps", next_steps),
}
USUAL = Layout(tuple(SECTIONS))


def story(document: EvidenceDocument, layout: Layout, level: Dropped) -> Story:
    found = dossiers(document)
    sections = []
    for name in layout.sections:
        title, facts_of = SECTIONS[name]
        facts = facts_of(document, found, level.detail)
        if facts is not None:
            sections.append(Section(name, title, facts))
    return Story(
        document=document,
        title=subject([one.finding for one in mended(found) or found]),
        tiles=tiles(document, found),
        introduction=tuple(part for part in layout.introduction.split("\n\n") if part.strip()),
        alerts=alerts(document, found),
        sections=tuple(sections),
        conditions=conditions(document, level.detail),
        dropped=level.said,
    )
