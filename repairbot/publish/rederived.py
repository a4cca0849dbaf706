"""What we derived ourselves from the base commit, as values: the only source of what is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from repairbot.model import Finding, TextEdit
from repairbot.repair.diff import Rewrite, unified_diff
from repairbot.repair.engine import rewritten


@dataclass(frozen=True, slots=True)
class Rederived:
    """`findings` are all of the base that no comment ignores, `groups` the checked edits by the `group` of a finding.

    `rules` are codes with slugs of the rules that looked. `files` are the files of the base that some group changes.
    `statements` are digests of the statements that hold the findings, by fingerprint. `irregular` are paths that are
    no ordinary file.
    """

    commit: str
    rules: Mapping[str, str]
    findings: tuple[Finding, ...]
    groups: Mapping[str, tuple[TextEdit, ...]]
    files: Mapping[str, bytes] = field(repr=False)
    statements: Mapping[str, str]
    irregular: frozenset[str] = frozenset()

    def group(self, name: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.group == name)

    def before(self, path: str) -> bytes:
        return self.files[path]

    def changed(self, groups: Iterable[str]) -> dict[str, bytes]:
        """The new bytes of every file that some groups change."""
        by_path: dict[str, list[TextEdit]] = {}
        for edit in dict.fromkeys(edit for name in groups for edit in self.groups[name]):
            by_path.setdefault(edit.path, []).append(edit)
        return {path: rewritten(path, self.files[path], edits) for path, edits in sorted(by_path.items())}

    def rewrites(self, groups: Iterable[str]) -> tuple[Rewrite, ...]:
        """The files that some groups change, by path."""
        changed = self.changed(sorted(groups))
        return tuple(Rewrite(path, self.before(path), new) for path, new in sorted(changed.items()))

    def diff(self, groups: Iterable[str]) -> bytes:
        return unified_diff(self.rewrites(groups))

    def code_at(self, finding: Finding) -> str:
        """A digest of the statement that holds a finding; white space does not count."""
        return self.statements[finding.fingerprint]
