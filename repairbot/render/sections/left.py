"""What was refused or left alone, and why; what could not be decided; what was not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import LeftOut, Unclear
from repairbot.render.detail import Detail, Listed, first
from repairbot.render.finding_details import Dossier, left
from repairbot.render.sections.summary import fate


@dataclass(frozen=True, slots=True)
class Alone:
    place: str
    code: str
    fate: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftAlone:
    places: Listed[Alone]
    undecided: Listed[Unclear]
    skipped: Listed[LeftOut]


def left_alone(document: EvidenceDocument, found: Sequence[Dossier], detail: Detail) -> LeftAlone | None:
    facts = LeftAlone(
        places=first(detail.left, map(_alone, left(found))),
        undecided=first(detail.undecided, document.undecided),
        skipped=first(detail.skipped, document.skipped),
    )
    return facts if facts.places or facts.undecided or facts.skipped else None


def _alone(one: Dossier) -> Alone:
    finding = one.finding
    reasons = [reason for reason in (finding.reason, finding.unpublished) if reason]
    code = finding.excerpt.lines[finding.line - finding.excerpt.start] if _shows(one) and finding.excerpt else ""
    return Alone(one.place, code.strip() or finding.expression, fate(one), reasons[0] if reasons else "")


def _shows(one: Dossier) -> bool:
    excerpt = one.finding.excerpt
    return excerpt is not None and 0 <= one.finding.line - excerpt.start < len(excerpt.lines)
