"""What one scan came to, as every format shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repairbot.model import Disposition, Finding, Safety, Skipped, Undecided
from repairbot.scan.ignores import Unused


@dataclass(frozen=True, slots=True)
class Report:
    """The findings that no comment ignores, and everything a reader needs to judge what is missing from them.

    `unchanged` counts the findings that `--since` left out; `since` is what it named, with the commit compared with.
    """

    root: Path
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    skipped: tuple[Skipped, ...]
    unused_ignores: tuple[Unused, ...]
    ignored: int
    files: int
    candidates: int
    seconds: float
    unchanged: int = 0
    since: tuple[str, str] | None = None

    def with_disposition(self, *wanted: Disposition) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.disposition in wanted)

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that decide the exit code."""
        return self.with_disposition(Disposition.FIX, Disposition.REFUSE)


def kinds(report: Report) -> Iterator[tuple[str, int]]:
    """How many findings of each kind, in the order a reader cares, without the kinds that are missing."""
    fixes = report.with_disposition(Disposition.FIX)
    safe = sum(finding.safety is Safety.SAFE for finding in fixes)
    counts = {
        "safe": safe,
        "unsafe": len(fixes) - safe,
        "refuse": len(report.with_disposition(Disposition.REFUSE)),
        "expected": len(report.with_disposition(Disposition.EXPECTED)),
        "withdrawn": len(report.with_disposition(Disposition.WITHDRAWN)),
    }
    return ((kind, count) for kind, count in counts.items() if count)
