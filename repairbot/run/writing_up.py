"""What a job knows, as the evidence document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime

from repairbot.config.load import Config
from repairbot.evidence.document import SCHEMA_VERSION, Asked, EvidenceDocument, Tool
from repairbot.evidence.entries import Excerpt, ProposedFinding, Reported, left_out, reported, unclear
from repairbot.evidence.impact import Impact, Owner
from repairbot.evidence.observed import Runs
from repairbot.harness.proof import ProofState
from repairbot.model import Disposition, Finding
from repairbot.run.coverage import withdrawn_fixes
from repairbot.run.experiment import Results
from repairbot.run.progress import Clock
from repairbot.run.proposal import changes
from repairbot.run.target import Opened
from repairbot.run.watching import entries
from repairbot.scan.commit import Survey, basis
from repairbot.scan.findings import around
from repairbot.source.paths import shown

_AROUND = 2  # lines before and after a finding's own


def document(
    opened: Opened,
    config: Config,
    results: Results,
    impacts: Mapping[str, Impact],
    owner: Owner | None,
    clock: Clock,
    version: str,
) -> EvidenceDocument:
    found = results.survey
    findings = tuple(_proposed(found, results, finding, impacts) for finding in found.findings)
    return EvidenceDocument(
        schema_version=SCHEMA_VERSION,
        tool=Tool("repairbot", version),
        target=opened.target,
        asked=Asked(
            tuple(rule.code for rule in found.rules), config.exclude, config.unsafe_fixes, config.env is not None
        ),
        findings=findings,
        undecided=tuple(map(unclear, found.derivation.undecided)),
        skipped=tuple(map(left_out, found.derivation.skipped)),
        changes=changes(results.branch, findings),
        owner=owner,
        notes=tuple(_notes(opened)),
        runs=_runs(results, clock),
    )


def _runs(results: Results, clock: Clock) -> Runs:
    started = datetime.now(UTC).timestamp() - clock.seconds
    return Runs(
        started=datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
        seconds=round(clock.seconds, 1),
        phases=tuple(clock.phases),
        isolation=results.isolation,
        environment=results.environment,
        attempts=results.attempts,
        untested=results.untested,
        proofs=results.proofs,
        tests=results.tests,
        lines=results.lines,
        grades=results.grades,
        written_test=results.written_test,
        witnesses=entries(results.witnesses),
        withdrawn_fixes=withdrawn_fixes(results.against),
    )


def _proposed(found: Survey, results: Results, finding: Finding, impacts: Mapping[str, Impact]) -> ProposedFinding:
    entry = reported(finding)
    known = {field.name: getattr(entry, field.name) for field in fields(Reported)}
    mark = finding.fingerprint
    if mark in results.withdrawn:
        known |= {"disposition": Disposition.WITHDRAWN.value, "reason": results.withdrawn[mark], "safety": None}
    elif mark in results.refused:
        known |= {"disposition": Disposition.REFUSE.value, "reason": results.refused[mark], "safety": None}
        known |= {"group": None, "edits": ()}
    applied = results.branch is not None and finding.group in results.branch.groups
    rests_on = basis(finding)
    unpublished = _unpublished(finding, results, applied, rests_on)
    return ProposedFinding(
        **known,
        function=around(found.derivation.inquiry, found.derivation.cases[finding.fingerprint].fault.site),
        excerpt=_excerpt(found, finding),
        basis=rests_on,
        applied=applied,
        publishable=unpublished is None,
        unpublished=unpublished,
        impact=impacts.get(finding.fingerprint),
    )


def _unpublished(finding: Finding, results: Results, applied: bool, rests_on: str) -> str | None:
    """Why the finding's edits are not part of what may be published; None when they are."""
    mark = finding.fingerprint
    if mark in results.withdrawn:
        by_object = any(one.fingerprint == mark and one.state == ProofState.CONTRADICTED for one in results.proofs)
        return "the real object contradicts it" if by_object else "its line ran without the error in the tests"
    if mark in results.refused:
        return "its fix was tried, and a test fails in it"
    if finding.disposition is not Disposition.FIX:
        return "it has no fix" if finding.disposition is Disposition.REFUSE else "the code means to fail here"
    if not applied:
        return _not_applied(finding, results)
    if rests_on != "source":
        return f"it rests on the {rests_on}, which a publisher cannot read again"
    return next((one.against for one in results.grades if one.fingerprint == mark), None)


def _not_applied(finding: Finding, results: Results) -> str:
    others = [one for one in results.survey.findings if one.group == finding.group and one is not finding]
    if any(one.fingerprint in results.withdrawn for one in others):
        return "its fix stands or falls with that of another place, and what was found there is withdrawn"
    return "its fix is unsafe, and --unsafe-fixes was not given"


def _excerpt(found: Survey, finding: Finding) -> Excerpt:
    snapshot = found.derivation.snapshot
    lines = snapshot.parsed(snapshot.file(finding.path)).lines
    first = max(1, finding.region.line - _AROUND)
    return Excerpt(first, tuple(line.rstrip("\r\n") for line in lines[first - 1 : finding.region.end_line + _AROUND]))


def _notes(opened: Opened) -> list[str]:
    work, notes = opened.work, []
    changed = work.uncommitted()
    if changed:
        named = ", ".join(map(shown, changed[:3])) + (", …" if len(changed) > 3 else "")
        files = "1 Python file has" if len(changed) == 1 else f"{len(changed)} Python files have"
        notes.append(f"{files} uncommitted changes ({named}); the job worked on the commit and did not look at them")
    if work.refused:
        first = work.refused[0]
        more = f" and {len(work.refused) - 1} more" if len(work.refused) > 1 else ""
        notes.append(f"not in the trees that were tested: {shown(first.path)} ({first.reason}){more}")
    if work.source.cut:
        notes.append("the clone is shallow: history before its first commits is missing")
    return notes
