"""What we derive ourselves from a commit of our clone, nothing installed and nothing run: all that is published."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from repairbot.config.load import Config
from repairbot.git import objects
from repairbot.model import Finding, Region, Skipped, Undecided
from repairbot.repair.diff import Rewrite, unified_diff
from repairbot.rule import Rule
from repairbot.scan.commit import survey
from repairbot.scan.findings import around
from repairbot.source.commit import CommitTree
from repairbot.source.files import Parsed

_SHORT = 16


@dataclass(frozen=True, slots=True)
class Rederived:
    """`findings` are all of the base that no comment ignores; `parsed` and `changed` are about files of the base.

    `rules` are codes with slugs of the rules that looked. `function` names what a finding is in. `irregular` are
    changed paths that are no ordinary file.
    """

    commit: str
    rules: Mapping[str, str]
    findings: tuple[Finding, ...]
    changed: Callable[[Iterable[str]], Mapping[str, bytes]]
    parsed: Callable[[str], Parsed]
    function: Callable[[Finding], str]
    undecided: tuple[Undecided, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    irregular: frozenset[str] = frozenset()

    def group(self, name: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.group == name)

    def before(self, path: str) -> bytes:
        return self.parsed(path).data

    def rewrites(self, groups: Iterable[str]) -> tuple[Rewrite, ...]:
        """The files that some groups change, by path."""
        changed = self.changed(sorted(groups))
        return tuple(Rewrite(path, self.before(path), new) for path, new in sorted(changed.items()))

    def diff(self, groups: Iterable[str]) -> bytes:
        return unified_diff(self.rewrites(groups))

    def code_at(self, finding: Finding) -> str:
        """A digest of the statement that holds a finding; white space does not count."""
        parsed = self.parsed(finding.path)
        statement = _statement(parsed, finding.region)
        text = (statement and ast.get_source_segment(parsed.text, statement)) or finding.expression
        return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]


def _statement(parsed: Parsed, region: Region) -> ast.stmt | None:
    """The innermost one around the start of a region."""
    line = parsed.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[region.line - 1]
    start = (region.line, len(line[: region.column - 1].encode("utf-8", "surrogatepass")))
    around = [node for node in ast.walk(parsed.tree) if isinstance(node, ast.stmt) and _holds(node, start)]
    return max(around, key=lambda node: (node.lineno, node.col_offset), default=None)


def _holds(node: ast.stmt, place: tuple[int, int]) -> bool:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset) <= place < (node.end_lineno, node.end_col_offset)


@contextmanager
def rederived(clone: Path, commit: str, rules: Sequence[Rule], config: Config) -> Iterator[Rederived]:
    """What `rules` find and repair in a commit, whatever is installed. Raises UsageError for a glob that is none."""
    found = survey(clone, commit, rules, replace(config, env=None))
    snapshot = found.derivation.snapshot

    def parsed(path: str) -> Parsed:
        return snapshot.parsed(snapshot.file(path))

    def function(finding: Finding) -> str:
        return around(found.derivation.inquiry, found.derivation.cases[finding.fingerprint].fault.site)

    try:
        yield Rederived(
            commit=commit,
            rules={rule.code: rule.slug for rule in rules},
            findings=found.findings,
            changed=found.derivation.changed,
            parsed=parsed,
            function=function,
            undecided=found.derivation.undecided,
            skipped=found.derivation.skipped,
            irregular=frozenset(one.path for one in objects.entries(clone, commit) if not one.is_file),
        )
    finally:
        if isinstance(snapshot.tree, CommitTree):
            snapshot.tree.close()
