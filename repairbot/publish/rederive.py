"""Scans and repairs a commit of our clone as `run` did, with nothing installed and nothing run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from repairbot.config.load import Config
from repairbot.git import objects
from repairbot.model import Finding
from repairbot.publish.rederived import Rederived
from repairbot.rule import Rule
from repairbot.scan.commit import survey
from repairbot.scan.findings import around
from repairbot.source.commit import CommitTree
from repairbot.source.files import Parsed


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
