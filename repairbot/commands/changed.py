"""`--since`: a report without the findings that no changed line has to do with."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from repairbot.commands.parser import Options
from repairbot.commands.survey import Survey, survey
from repairbot.history.changed_lines import Since, concerned, since
from repairbot.model import Finding, Undecided
from repairbot.source.files import Unparsed
from repairbot.source.paths import root_of


def narrowed_survey(options: Options, paths: tuple[Path, ...], revision: str) -> Survey:
    """Look `revision` up, and only then scan. Raises UsageError."""
    with since(root_of(paths or (Path(),)), revision) as changes:
        return _narrowed(survey(options, paths), changes)


def _narrowed(found: Survey, changes: Since) -> Survey:
    """The same with the findings and undecided sites that a change has to do with."""
    snapshot, report = found.derivation.snapshot, found.report

    def bytes_of(path: str) -> bytes | None:
        try:
            return snapshot.read(path)
        except OSError:
            return None

    def tree_of(path: str) -> ast.Module | None:
        try:
            return snapshot.parsed(snapshot.file(path)).tree
        except (Unparsed, OSError):
            return None

    def stays(site: Finding | Undecided) -> bool:
        return concerned(site, changes, bytes_of, tree_of)

    findings = tuple(filter(stays, report.findings))
    narrow = replace(
        report,
        findings=findings,
        undecided=tuple(filter(stays, report.undecided)),
        unused_ignores=(),
        unchanged=len(report.findings) - len(findings),
        since=(changes.revision, changes.commit),
    )
    return replace(found, report=narrow)
