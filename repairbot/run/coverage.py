"""What the runs say of each applied fix: its lines on both sides, who executes them, and the level of evidence."""

from __future__ import annotations

from collections.abc import Iterable

from repairbot.evidence.observed import Executed, GradeEntry, ProofEntry
from repairbot.harness.environment.pythons import MONITORING
from repairbot.harness.grade import Measured, Place, Unmeasured, grade
from repairbot.harness.proof import ProofState
from repairbot.harness.suite import lines
from repairbot.harness.suite.import_graph import reaching
from repairbot.harness.suite.runs import Hit, SuiteRun
from repairbot.harness.suite.trial import Baseline, Change, Trial
from repairbot.model import Finding, Region
from repairbot.repair.diff import Rewrite
from repairbot.run.branch import Branch
from repairbot.scan.commit import Survey


def lines_of(region: Region) -> range:
    return range(region.line, region.end_line + 1)


def applied(found: Survey, branch: Branch | None) -> list[Finding]:
    return [finding for finding in found.findings if branch is not None and finding.group in branch.groups]


def change_of(found: Survey, branch: Branch) -> Change:
    before: dict[str, frozenset[int]] = {}
    after: dict[str, frozenset[int]] = {}
    for finding in applied(found, branch):
        old, new = _places(finding, branch.rewrites)
        before[old.path] = before.get(old.path, frozenset()) | old.lines
        after[new.path] = after.get(new.path, frozenset()) | new.lines
    touched = {rewrite.path for rewrite in branch.rewrites} | before.keys()
    return Change(before, after, reaching(found.derivation.snapshot, touched))


def _places(finding: Finding, rewrites: Iterable[Rewrite]) -> tuple[Place, Place]:
    """The lines of the construct on either side."""
    old = frozenset(lines_of(finding.region))
    rewrite = next((one for one in rewrites if one.path == finding.path), None)
    new = old if rewrite is None else lines.after(rewrite, old)
    return Place(finding.path, old), Place(finding.path, new)


def executed(found: Survey, branch: Branch, base: Baseline, trial: Trial) -> tuple[Executed, ...]:
    entries = []
    for finding in applied(found, branch):
        old, new = _places(finding, branch.rewrites)
        before = _tests(base.run, old) if base.environment.interpreter.version >= MONITORING else None
        entries.append(Executed(finding.fingerprint, before, _tests(trial.after, new)))
    return tuple(entries)


def _tests(run: SuiteRun, place: Place) -> tuple[str, ...]:
    return tuple(sorted({hit.test for hit in run.hits if _at(hit, place)}))


def _at(hit: Hit, place: Place) -> bool:
    return bool(hit.test) and place.holds(hit.path, hit.line)


def grades(
    found: Survey, branch: Branch | None, measured: Measured | Unmeasured, proofs: Iterable[ProofEntry]
) -> tuple[GradeEntry, ...]:
    proven = {one.fingerprint for one in proofs if one.state == ProofState.PROVEN.value}
    entries = []
    for finding in applied(found, branch):
        assert branch is not None
        places = _places(finding, branch.rewrites)
        graded = grade(*places, measured, proven=finding.fingerprint in proven)
        entries.append(
            GradeEntry(finding.fingerprint, graded.level.value, graded.reason, graded.fixed, graded.executing)
        )
    return tuple(entries)
