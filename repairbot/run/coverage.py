"""What the runs say of each applied fix: who executes its lines, what speaks against it, and its level of evidence."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from repairbot.evidence.observed import Executed, GradeEntry, ProofEntry, WithdrawnFix
from repairbot.harness.against import Against, Statement, against
from repairbot.harness.grade import Grade, Measured, Place, Unmeasured, grade
from repairbot.harness.proof import ProofState
from repairbot.harness.suite import lines
from repairbot.harness.suite.import_graph import reaching
from repairbot.harness.suite.runs import Hit, SuiteRun
from repairbot.harness.suite.trial import Baseline, Change, Trial
from repairbot.model import Finding, Region
from repairbot.repair.diff import Rewrite
from repairbot.rule import Site
from repairbot.run.branch import Branch
from repairbot.run.watching import Witnesses
from repairbot.scan.commit import Survey


def lines_of(region: Region) -> range:
    return range(region.line, region.end_line + 1)


def applied(found: Survey, branch: Branch | None) -> list[Finding]:
    return [finding for finding in found.findings if branch is not None and finding.group in branch.groups]


def change_of(found: Survey, branch: Branch) -> Change:
    """The lines to watch: those of each construct, and all files of the change, whose frames are of interest."""
    before: dict[str, frozenset[int]] = {}
    after: dict[str, frozenset[int]] = {rewrite.path: frozenset() for rewrite in branch.rewrites}
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


def speaking_against(found: Survey, branch: Branch, trial: Trial) -> Mapping[str, Against]:
    """By fingerprint, the applied fixes in whose repaired statement a test fails now."""
    told = {}
    for finding in applied(found, branch):
        pieces = _statement(finding, found.derivation.cases[finding.fingerprint].fault.site)
        now = [(path, _after(path, old, branch.rewrites)) for path, old in pieces]
        seen = against(trial.comparison, _joined(pieces), _joined(now))
        if seen is not None:
            told[finding.fingerprint] = seen
    return told


def withdrawn_fixes(told: Mapping[str, Against]) -> tuple[WithdrawnFix, ...]:
    return tuple(
        WithdrawnFix(mark, one.reason, one.test, one.error, one.path, one.line, one.tests) for mark, one in told.items()
    )


def _statement(finding: Finding, site: Site) -> list[tuple[str, frozenset[int]]]:
    """The stretches of lines that a fix answers for: the construct's whole statement, and whatever is edited for it."""
    own = frozenset(lines_of(finding.region)) | _whole(site)
    return [(finding.path, own), *((edit.path, frozenset(lines_of(edit.region))) for edit in finding.edits)]


def _joined(pieces: Iterable[tuple[str, frozenset[int]]]) -> Statement:
    found: dict[str, frozenset[int]] = {}
    for path, some in pieces:
        found[path] = found.get(path, frozenset()) | some
    return found


def _whole(site: Site) -> frozenset[int]:
    nodes = [*site.ancestors, site.node]
    statement = next(node for node in reversed(nodes) if isinstance(node, ast.stmt))
    if statement is not site.node and hasattr(statement, "body"):  # it only stands in the head of this one
        return frozenset()
    return frozenset(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))


def _after(path: str, old: frozenset[int], rewrites: Iterable[Rewrite]) -> frozenset[int]:
    """Where a stretch of lines is now, with what was put between them."""
    rewrite = next((one for one in rewrites if one.path == path), None)
    if rewrite is None:
        return old
    new = lines.after(rewrite, old)
    return frozenset(range(min(new), max(new) + 1)) if new else new


def executed(
    found: Survey, branch: Branch, base: Baseline, trial: Trial, graded: Mapping[str, Grade]
) -> tuple[Executed, ...]:
    entries = []
    for finding in applied(found, branch):
        old, new = _places(finding, branch.rewrites)
        unknown = graded[finding.fingerprint].unknown
        entries.append(Executed(finding.fingerprint, _tests(base.run, old), _tests(trial.after, new), unknown))
    return tuple(entries)


def _tests(run: SuiteRun, place: Place) -> tuple[str, ...]:
    return tuple(sorted({hit.test for hit in run.hits if _at(hit, place)}))


def _at(hit: Hit, place: Place) -> bool:
    return bool(hit.test) and place.holds(hit.path, hit.line)


def grades(
    found: Survey,
    branch: Branch | None,
    measured: Measured | Unmeasured,
    proofs: Iterable[ProofEntry],
    told: Witnesses,
) -> Mapping[str, Grade]:
    """By fingerprint, the grade of each applied fix."""
    proven = {one.fingerprint for one in proofs if one.state == ProofState.PROVEN.value}
    graded = {}
    for finding in applied(found, branch):
        assert branch is not None
        mark = finding.fingerprint
        places = _places(finding, branch.rewrites)
        graded[mark] = grade(*places, measured, proven=mark in proven, witness=told.get(mark))
    return graded


def grade_entries(graded: Mapping[str, Grade]) -> tuple[GradeEntry, ...]:
    return tuple(
        GradeEntry(mark, one.level.value, one.reason, one.fixed, one.executing, one.still_failing, one.against)
        for mark, one in graded.items()
    )
