"""Each finding of a document with everything that was observed about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import ProposedFinding
from repairbot.evidence.impact import History, Reach, Severity
from repairbot.evidence.observed import Executed, GradeEntry, ProofEntry, WithdrawnFix, WitnessEntry
from repairbot.model import Disposition, Safety


@dataclass(frozen=True, slots=True)
class Dossier:
    """None where nothing was observed."""

    finding: ProposedFinding
    proof: ProofEntry | None
    grade: GradeEntry | None
    lines: Executed | None
    witness: WitnessEntry | None = None
    withdrawn_fix: WithdrawnFix | None = None

    @property
    def place(self) -> str:
        return f"{self.finding.path}:{self.finding.line}"

    @property
    def reach(self) -> Reach | None:
        return self.finding.impact.reach if self.finding.impact else None

    @property
    def severity(self) -> Severity | None:
        return self.finding.impact.severity if self.finding.impact else None

    @property
    def history(self) -> History | None:
        return self.finding.impact.history if self.finding.impact else None

    @property
    def is_bug(self) -> bool:
        """Whether the finding counts: code that means to fail and what the proof contradicted do not."""
        return self.finding.disposition in {Disposition.FIX, Disposition.REFUSE}

    @property
    def withdrawn(self) -> bool:
        return self.finding.disposition == Disposition.WITHDRAWN

    @property
    def contradicted_by_tests(self) -> bool:
        """Whether the line ran without the error while the tests ran, and that is why the finding is withdrawn."""
        by_object = self.proof is not None and self.proof.state == "contradicted"
        return self.withdrawn and not by_object and self.witness is not None and self.witness.state == "contradicted"

    @property
    def unsafe(self) -> bool:
        return self.finding.disposition == Disposition.FIX and self.finding.safety != Safety.SAFE


def dossiers(document: EvidenceDocument) -> tuple[Dossier, ...]:
    """In the order of the findings."""
    proofs = {one.fingerprint: one for one in document.runs.proofs}
    grades = {one.fingerprint: one for one in document.runs.grades}
    lines = {one.fingerprint: one for one in document.runs.lines}
    seen = {one.fingerprint: one for one in document.runs.witnesses}
    taken_back = {one.fingerprint: one for one in document.runs.withdrawn_fixes}
    return tuple(
        Dossier(
            one,
            proofs.get(one.fingerprint),
            grades.get(one.fingerprint),
            lines.get(one.fingerprint),
            seen.get(one.fingerprint),
            taken_back.get(one.fingerprint),
        )
        for one in document.findings
    )


def mended(found: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """Those whose edits are in the change."""
    return tuple(one for one in found if one.finding.applied)


def left(found: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """Those that stay as they are."""
    return tuple(one for one in found if not one.finding.applied)
