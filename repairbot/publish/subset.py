"""One rule's part of an evidence document, with our own derivation in the place of what can be derived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace

from repairbot.evidence.changes import ChangedFile, Changes, Group
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import ProposedFinding, Reported, reported
from repairbot.evidence.observed import ProofEntry, Runs, TestEntry
from repairbot.model import Finding
from repairbot.plain import encoded, readable
from repairbot.publish.rederived import Rederived
from repairbot.source.paths import shown


def narrowed(
    document: EvidenceDocument, ours: Rederived, rule: str, groups: frozenset[str], repository: str, base: str
) -> EvidenceDocument:
    """What is left when only some groups of one rule are proposed."""
    derived = {finding.fingerprint: finding for finding in ours.findings}
    chosen = {mark for mark, finding in derived.items() if finding.group in groups}
    findings = tuple(
        _finding(one, derived.get(one.fingerprint), applied=one.fingerprint in chosen)
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


def _finding(said: ProposedFinding, derived: Finding | None, *, applied: bool) -> ProposedFinding:
    if derived is None:
        return replace(said, applied=False)
    ours = reported(derived)
    known = {field.name: getattr(ours, field.name) for field in fields(Reported)}
    return replace(said, **known, applied=applied)


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
