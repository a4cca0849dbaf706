"""What the formats of other programs are made of: the entries of a scan or of an evidence document, ranked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import LeftOut, ProposedFinding, Reported, left_out, reported
from repairbot.render.report import Report
from repairbot.source.paths import shown


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule and its whole page in Markdown."""

    code: str
    slug: str
    summary: str
    page: str


@dataclass(frozen=True, slots=True)
class Listing:
    """`crashed` are the files that we failed on; `root` is a URI, None where the folder is no longer known.

    `unchanged` counts the findings that were left out because nothing about them changed.
    """

    version: str
    rules: tuple[RulePage, ...]
    findings: tuple[Reported, ...]
    skipped: tuple[LeftOut, ...] = ()
    undecided: int = 0
    unchanged: int = 0
    crashed: tuple[str, ...] = ()
    root: str | None = None


def of_report(report: Report, rules: Iterable[RulePage], version: str, crashed: Iterable[str] = ()) -> Listing:
    return Listing(
        version=version,
        rules=tuple(rules),
        findings=tuple(reported(finding) for finding in report.findings),
        skipped=tuple(left_out(file) for file in report.skipped),
        undecided=len(report.undecided),
        unchanged=report.unchanged,
        crashed=tuple(shown(path) for path in crashed),
        root=report.root.as_uri(),
    )


def of_document(document: EvidenceDocument, rules: Iterable[RulePage]) -> Listing:
    return Listing(
        version=document.tool.version,
        rules=tuple(rules),
        findings=document.findings,
        skipped=document.skipped,
        undecided=len(document.undecided),
    )


def counts(finding: Reported) -> bool:
    """Whether it is one of those that decide the exit code."""
    return finding.disposition in {"fix", "refuse"}


def level(finding: Reported) -> str:
    """`error`, `warning` where only tests reach the line, `note` for what is no fault to mend."""
    if not counts(finding):
        return "note"
    return "warning" if _reached_by(finding) == "tests only" else "error"


def ranked(findings: Iterable[Reported]) -> list[Reported]:
    """The most severe first, in order of place where nothing else decides."""
    return sorted(findings, key=lambda one: (_LEVELS.index(level(one)), _reached_by(one) != "production"))


_LEVELS = ("error", "warning", "note")


def _reached_by(finding: Reported) -> str | None:
    if not isinstance(finding, ProposedFinding) or finding.impact is None or finding.impact.severity is None:
        return None
    return finding.impact.severity.level
