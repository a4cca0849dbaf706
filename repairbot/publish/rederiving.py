"""The process that scans a commit for `publish`: a job on standard input, the answer in a file; it holds no token."""

from __future__ import annotations

import ast
import gc
import hashlib
import json
import sys
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from repairbot.config.load import Config
from repairbot.errors import RepairbotError, UsageError
from repairbot.evidence.entries import Excerpt, excerpt
from repairbot.git import objects
from repairbot.model import Finding, Region, Skipped, TextEdit, Undecided
from repairbot.plain import decoded, encoded
from repairbot.scan.commit import Survey, survey
from repairbot.scan.findings import around
from repairbot.scan.parallel import rules_called
from repairbot.source.files import Parsed

_SHORT = 16


@dataclass(frozen=True, slots=True)
class RederiveJob:
    """What to scan, and the file that takes the answer."""

    clone: Path
    commit: str
    rules: tuple[str, ...]
    exclude: tuple[str, ...]
    jobs: int | None
    answer: Path


@dataclass(frozen=True, slots=True)
class RederiveAnswer:
    """The fields of a Rederived, a byte of `files` as the character of its number; `error` where there are none."""

    findings: tuple[Finding, ...] = ()
    groups: Mapping[str, tuple[TextEdit, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    undecided: tuple[Undecided, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    irregular: tuple[str, ...] = ()
    error: str | None = None
    is_usage: bool = False


def main(words: list[str]) -> None:
    gc.disable()  # as cli.main does
    job = decoded(RederiveJob, json.loads(Path(words[0]).read_text("ascii")))
    try:
        answer = answered(job)
    except RepairbotError as error:
        answer = RederiveAnswer(error=str(error), is_usage=isinstance(error, UsageError))
    job.answer.write_text(json.dumps(encoded(answer)), "ascii")


def answered(job: RederiveJob) -> RederiveAnswer:
    """Scan a commit as `run` did, with nothing installed and nothing run. Raises UsageError for a glob that is none."""
    config = Config(exclude=job.exclude, jobs=job.jobs)
    found = survey(job.clone, job.commit, rules_called(job.rules), config)
    groups = {name: found.derivation.groups[name].edits for name in {one.group for one in found.findings} if name}
    paths = {edit.path for edits in groups.values() for edit in edits}
    statements = _Statements()
    return RederiveAnswer(
        findings=found.findings,
        groups=groups,
        files={path: _parsed(found, path).data.decode("latin-1") for path in sorted(paths)},
        statements={one.fingerprint: _digest(statements, _parsed(found, one.path), one) for one in found.findings},
        functions={one.fingerprint: _function(found, one) for one in found.findings},
        excerpts={one.fingerprint: excerpt(_parsed(found, one.path).lines, one.region) for one in found.findings},
        undecided=found.derivation.undecided,
        skipped=found.derivation.skipped,
        irregular=tuple(one.path for one in objects.entries(job.clone, job.commit) if not one.is_file),
    )


def _parsed(found: Survey, path: str) -> Parsed:
    snapshot = found.derivation.snapshot
    return snapshot.parsed(snapshot.file(path))


def _function(found: Survey, finding: Finding) -> str:
    """Return the qualified name of what a finding is in."""
    return around(found.derivation.inquiry, found.derivation.cases[finding.fingerprint].fault.site)


class _Statements:
    """Finds the statement around a place; each file is read once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[list[ast.stmt], dict[ast.AST, ast.AST]]] = {}

    def around(self, parsed: Parsed, region: Region) -> ast.stmt | None:
        """Return the innermost statement around the start of a region."""
        path = parsed.file.path
        if path not in self._known:
            above = {child: node for node in ast.walk(parsed.tree) for child in ast.iter_child_nodes(node)}
            ordered = sorted((one for one in above if isinstance(one, ast.stmt)), key=_start)
            self._known[path] = ordered, above
        ordered, above = self._known[path]
        line = parsed.lines[region.line - 1]
        start = (region.line, len(line[: region.column - 1].encode("utf-8", "surrogatepass")))
        place = bisect_right(ordered, start, key=_start) - 1
        node: ast.AST | None = ordered[place] if place >= 0 else None
        while node is not None and not (isinstance(node, ast.stmt) and _holds(node, start)):
            node = above.get(node)
        return node


def _start(statement: ast.stmt) -> tuple[int, int]:
    return statement.lineno, statement.col_offset


def _digest(statements: _Statements, parsed: Parsed, finding: Finding) -> str:
    statement = statements.around(parsed, finding.region)
    text = parsed.segment(statement) if statement is not None else finding.expression
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]


def _holds(node: ast.stmt, place: tuple[int, int]) -> bool:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset) <= place < (node.end_lineno, node.end_col_offset)


if __name__ == "__main__":
    main(sys.argv[1:])
