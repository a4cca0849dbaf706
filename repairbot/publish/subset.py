"""Evidence restricted: to what we derived ourselves, in our own words, and to some groups of one rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from repairbot.evidence.changes import ChangedFile, Changes, Group
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import (
    CONTRADICTED,
    FAILS_IN_FIX,
    KEPT_BACK,
    RAN_WELL,
    ProposedFinding,
    Reported,
    left_out,
    reported,
    unclear,
    unpublished,
)
from repairbot.evidence.observed import ProofEntry, Runs, TestEntry
from repairbot.model import Disposition, Finding
from repairbot.plain import encoded, readable
from repairbot.publish.rederive import Rederived
from repairbot.source.paths import shown

Entry = TypeVar("Entry")
_FACTS = tuple(field.name for field in fields(Reported))
_JUDGED = frozenset({"disposition", "safety", "reason", "group", "edits"})  # what a run may take back
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
    judged = _JUDGED if _taken_back(said, derived) else frozenset[str]()
    return all(getattr(said, name) == getattr(ours, name) for name in _FACTS if name not in judged)


def _told(said: ProposedFinding, derived: Finding, ours: Rederived) -> ProposedFinding:
    """Return the finding as we derive it, with what only the run can know."""
    ours_of_it = reported(derived)
    known = {name: getattr(ours_of_it, name) for name in _FACTS}
    taken_back = _taken_back(said, derived)
    if taken_back:
        known |= {"disposition": said.disposition, "safety": None, "reason": taken_back}
    if taken_back == FAILS_IN_FIX:
        known |= {"group": None, "edits": ()}
    rests_on = said.basis if said.basis in _BASES else "source"
    why_not = unpublished(derived, applied=said.applied, rests_on=rests_on, taken_back=taken_back)
    if why_not is None and not said.publishable:
        why_not = KEPT_BACK
    return ProposedFinding(
        **known,
        function=ours.functions[derived.fingerprint],
        excerpt=ours.excerpts[derived.fingerprint],
        basis=rests_on,
        applied=said.applied,
        publishable=why_not is None,
        unpublished=why_not,
        impact=said.impact,
    )


def _taken_back(said: ProposedFinding, derived: Finding) -> str | None:
    """Return in our own words why the run took the finding or its fix back; None where it did neither."""
    if said.disposition == Disposition.WITHDRAWN.value:
        return RAN_WELL if said.unpublished == RAN_WELL else CONTRADICTED
    refused = said.disposition == Disposition.REFUSE.value and derived.disposition is Disposition.FIX
    return FAILS_IN_FIX if refused else None


def _among(claimed: Iterable[Entry], derived: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return each claimed entry once that is one of those derived."""
    known = set(derived)
    return tuple(dict.fromkeys(one for one in claimed if one in known))


def _left_out(number: int) -> Iterator[str]:
    if number:
        yield f"claimed by the run, not derived here: {number} {'entry' if number == 1 else 'entries'} left out"


def restricted_to(
    document: EvidenceDocument, ours: Rederived, rule: str, groups: frozenset[str], repository: str, base: str
) -> EvidenceDocument:
    """What is left of a confirmed document when only some groups of one rule are proposed."""
    chosen = {finding.fingerprint for finding in ours.findings if finding.group in groups}
    findings = tuple(
        replace(one, applied=one.fingerprint in chosen)
        for one in document.findings
        if one.rule == rule or one.fingerprint in chosen
    )
    return replace(
        document,
        target=replace(document.target, repository=repository, branch=base),
        findings=findings,
        undecided=tuple(one for one in document.undecided if one.rule == rule),
        changes=_changes(document.changes, ours, groups),
        runs=_runs(document.runs, chosen),
    )


def _changes(said: Changes | None, ours: Rederived, groups: frozenset[str]) -> Changes | None:
    if said is None:
        return None
    rewrites = ours.rewrites(groups)
    diff = ours.diff(groups)
    digests = ((hashlib.sha256(one.old).hexdigest(), hashlib.sha256(one.new).hexdigest()) for one in rewrites)
    return replace(
        said,
        patch_sha256=hashlib.sha256(diff).hexdigest(),
        diff=diff.decode("utf-8", "backslashreplace"),
        files=tuple(ChangedFile(shown(one.path), *pair) for one, pair in zip(rewrites, digests, strict=True)),
        groups=tuple(_group(name, ours) for name in sorted(groups)),
    )


def _group(name: str, ours: Rederived) -> Group:
    found = ours.group(name)
    paths = sorted({shown(edit.path) for finding in found for edit in finding.edits})
    return Group(name, tuple(finding.fingerprint for finding in found), tuple(paths), publishable=True)


def _runs(runs: Runs, chosen: set[str]) -> Runs:
    return replace(
        runs,
        proofs=tuple(one for one in runs.proofs if one.fingerprint in chosen),
        lines=tuple(one for one in runs.lines if one.fingerprint in chosen),
        grades=tuple(one for one in runs.grades if one.fingerprint in chosen),
        witnesses=tuple(one for one in runs.witnesses if one.fingerprint in chosen),
        withdrawn_fixes=(),
        written_test=None,
    )


def digest(document: EvidenceDocument) -> str:
    """Equal for documents that differ in nothing a reader cares for: times, durations, addresses in messages."""
    runs = document.runs
    tests = runs.tests
    facts: Mapping[str, object] = {
        "tool": encoded(document.tool),
        "findings": encoded(document.findings),
        "undecided": encoded(document.undecided),
        "patch": document.changes and document.changes.patch_sha256,
        "owner": encoded(document.owner),
        "isolation": encoded(runs.isolation),
        "untested": runs.untested,
        "proofs": encoded(tuple(_steady_proof(one) for one in runs.proofs)),
        "grades": encoded(runs.grades),
        "witnesses": encoded(runs.witnesses),
        "withdrawn fixes": encoded(runs.withdrawn_fixes),
        "tests": tests and [encoded(tests.verdicts), encoded(tuple(_steady_case(one) for one in tests.cases))],
    }
    text = json.dumps(readable(facts), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _steady_proof(proof: ProofEntry) -> ProofEntry:
    return replace(proof, reason="", error=None, repeat=None)


def _steady_case(case: TestEntry) -> TestEntry:
    return replace(case, message="", again_before=(), again_after=())
