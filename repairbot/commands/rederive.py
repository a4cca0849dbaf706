"""Scans and repairs a commit of our clone as `fix` would, with nothing installed and nothing run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from repairbot import git_objects
from repairbot.pipeline import derived
from repairbot.publish.rederived import Rederived
from repairbot.repair.contract import Rule
from repairbot.repair.ignores import Ignore, ignores, sift
from repairbot.rules.registry import all_rules
from repairbot.source.commit import CommitTree
from repairbot.source.files import Parsed, Unparsed
from repairbot.source.parsing import decode
from repairbot.source.snapshot import Snapshot


@contextmanager
def rederived(
    clone: Path, commit: str, rules: Sequence[Rule], exclude: Sequence[str], jobs: int | None = None
) -> Iterator[Rederived]:
    """What `rules` find and repair in a commit. Raises UsageError for a glob that is none."""
    tree = CommitTree.of(clone, commit, exclude)
    try:
        snapshot = Snapshot(clone, tree, frozenset(tree.paths()), tree.skipped)
        found = derived(snapshot, rules, jobs)

        @cache
        def ignores_of(path: str) -> tuple[Ignore, ...]:
            try:
                return ignores(decode(path, snapshot.read(path)))
            except (OSError, Unparsed):
                return ()

        def parsed(path: str) -> Parsed:
            return snapshot.parsed(snapshot.file(path))

        sifted = sift(found.findings, found.undecided, found.marked, ignores_of, rules, all_rules())
        yield Rederived(
            commit=commit,
            rules={rule.code: rule.slug for rule in rules},
            findings=sifted.kept,
            changed=found.changed,
            parsed=parsed,
            irregular=frozenset(one.path for one in git_objects.entries(clone, commit) if not one.is_file),
        )
    finally:
        tree.close()
