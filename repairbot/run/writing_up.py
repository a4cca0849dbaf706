"""What a job knows, as the evidence document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime

from repairbot.config.load import Config
from repairbot.evidence.document import SCHEMA_VERSION, Asked, EvidenceDocument, Tool
from repairbot.evidence.entries import (
    CONTRADICTED,
    FAILS_IN_FIX,
    RAN_WELL,
    ProposedFinding,
    Reported,
    excerpt,
    left_out,
    reported,
    unclear,
    unpublished,
)
from repairbot.evidence.impact import Impact, Owner
from repairbot.evidence.observed import Runs
from repairbot.harness.environment.credentials import Redaction
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


def document(
    opened: Opened,
    config: Config,
    results: Results,
    impacts: Mapping[str, Impact],
    owner: Owner | None,
    clock: Clock,
    version: str,
    notes: tuple[str, ...] = (),
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
        notes=(*notes, *_notes(opened)),
        runs=_runs(results, clock),
    )


def discreet(written: EvidenceDocument, hidden: Redaction) -> EvidenceDocument:
    """Return the document without credentials in anything that was observed; what is derived from a commit stays."""
    findings = (
        hidden.value(one) if one.basis != "source" or one.disposition == Disposition.WITHDRAWN else one
        for one in written.findings
    )
    return replace(
        written, findings=tuple(findings), runs=hidden.value(written.runs), notes=tuple(map(hidden.text, written.notes))
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
    why_not = _unpublished(finding, results, applied, rests_on)
    snapshot = found.derivation.snapshot
    return ProposedFinding(
        **known,
        function=around(found.derivation.inquiry, found.derivation.cases[finding.fingerprint].fault.site),
        excerpt=excerpt(snapshot.parsed(snapshot.file(finding.path)).lines, finding.region),
        basis=rests_on,
        applied=applied,
        publishable=why_not is None,
        unpublished=why_not,
        impact=impacts.get(finding.fingerprint),
    )


def _unpublished(finding: Finding, results: Results, applied: bool, rests_on: str) -> str | None:
    """Why the finding's edits are not part of what may be published; None when they are."""
    mark = finding.fingerprint
    taken_back = None
    if mark in results.withdrawn:
        by_object = any(one.fingerprint == mark and one.state == ProofState.CONTRADICTED for one in results.proofs)
        taken_back = CONTRADICTED if by_object else RAN_WELL
    elif mark in results.refused:
        taken_back = FAILS_IN_FIX
    elif not applied and _stands_with_withdrawn(finding, results):
        taken_back = "its fix stands or falls with that of another place, and what was found there is withdrawn"
    against = next((one.against for one in results.grades if one.fingerprint == mark), None)
    return unpublished(finding, applied=applied, rests_on=rests_on, taken_back=taken_back) or against


def _stands_with_withdrawn(finding: Finding, results: Results) -> bool:
    others = [one for one in results.survey.findings if one.group == finding.group and one is not finding]
    return finding.group is not None and any(one.fingerprint in results.withdrawn for one in others)


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
