"""What a proposal says of the source, held against our own derivation: only what we derived, in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import TypeVar

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import (
    CONTRADICTED,
    ProposedFinding,
    Reported,
    excerpt,
    left_out,
    reported,
    unclear,
    unpublished,
)
from repairbot.model import Disposition, Finding
from repairbot.publish.rederived import Rederived

Entry = TypeVar("Entry")
_FACTS = tuple(field.name for field in fields(Reported))
_JUDGED = frozenset({"disposition", "safety", "reason"})  # what a run may take back
_BASES = frozenset({"source", "environment", "run"})


def confirmed(document: EvidenceDocument, ours: Rederived) -> tuple[EvidenceDocument, tuple[str, ...]]:
    """Return the document with nothing about the source that we do not derive, and notes on what was left out.

    Whatever a finding claims to rest on: a stranger's words about a place stand in no pull request of ours. Of a commit
    that the base has left behind, a finding that is still there is told as it is there now.
    """
    same_commit = document.target.commit == ours.commit
    derived = {finding.fingerprint: finding for finding in ours.findings}
    claimed = [one for one in document.findings if one.rule in ours.rules]
    findings = {one.fingerprint: one for one in claimed if one.fingerprint in derived}
    true = {mark for mark, one in findings.items() if not same_commit or _agrees(one, derived[mark])}
    doubted = [one for one in document.undecided if one.rule in ours.rules]
    undecided = _among(doubted, map(unclear, ours.undecided))
    skipped = _among(document.skipped, map(left_out, ours.skipped))
    missing = (len(claimed) - len(true)) + (len(doubted) - len(undecided)) + (len(document.skipped) - len(skipped))
    notes = tuple(_left_out(missing))
    restricted = replace(
        document,
        findings=tuple(_told(one, derived[mark], ours) for mark, one in findings.items()),
        undecided=undecided,
        skipped=skipped,
        notes=(*notes, *document.notes),
    )
    return restricted, notes


def _agrees(said: ProposedFinding, derived: Finding) -> bool:
    """Whether a claim has the facts that we derive; a run may have withdrawn it, and nothing else."""
    ours = reported(derived)
    judged = _JUDGED if said.disposition == Disposition.WITHDRAWN.value else frozenset[str]()
    return all(getattr(said, name) == getattr(ours, name) for name in _FACTS if name not in judged)


def _told(said: ProposedFinding, derived: Finding, ours: Rederived) -> ProposedFinding:
    """Return the finding as we derive it, with what only the run can know."""
    ours_of_it = reported(derived)
    known = {name: getattr(ours_of_it, name) for name in _FACTS}
    withdrawn = said.disposition == Disposition.WITHDRAWN.value
    if withdrawn:
        known |= {"disposition": said.disposition, "safety": None, "reason": CONTRADICTED}
    rests_on = said.basis if said.basis in _BASES else "source"
    why_not = unpublished(derived, applied=said.applied, rests_on=rests_on, contradicted=withdrawn)
    return ProposedFinding(
        **known,
        function=ours.function(derived),
        excerpt=excerpt(ours.parsed(derived.path).lines, derived.region),
        basis=rests_on,
        applied=said.applied,
        publishable=why_not is None,
        unpublished=why_not,
        impact=said.impact,
    )


def _among(claimed: Iterable[Entry], derived: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return each claimed entry once that is one of those derived."""
    known = set(derived)
    return tuple(dict.fromkeys(one for one in claimed if one in known))


def _left_out(number: int) -> Iterator[str]:
    if number:
        yield f"claimed by the run, not derived here: {number} {'entry' if number == 1 else 'entries'} left out"
