"""What a job finds in a commit: findings that no comment ignores, and the groups of edits that it will apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from repairbot.config.load import Config
from repairbot.model import Finding, Origin, Safety
from repairbot.repair.diff import Rewrite
from repairbot.rule import Rule
from repairbot.scan.ignores import Ignore, ignores, sift
from repairbot.scan.observed_error import ObservedError
from repairbot.scan.pipeline import Derivation, derived
from repairbot.source.commit import CommitTree
from repairbot.source.environment import environment_at
from repairbot.source.files import Unparsed
from repairbot.source.parsing import decode
from repairbot.source.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Survey:
    """A scan of one commit. `findings` are those that no comment ignores."""

    derivation: Derivation
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]

    def rewrites(self, groups: Iterable[str]) -> tuple[Rewrite, ...]:
        """Every file that some groups change, with its bytes on both sides."""
        snapshot = self.derivation.snapshot
        changed = self.derivation.changed(sorted(groups))
        return tuple(Rewrite(path, snapshot.read(path), new) for path, new in sorted(changed.items()))


def survey(
    repository: Path, commit: str, rules: Sequence[Rule], config: Config, below: str = "", root: Path | None = None
) -> Survey:
    """Scan a commit of a bare repository of ours; only what lies `below` a folder is reported.

    `root` is where a checkout would lie, for an environment that was installed from it.
    """
    tree = CommitTree.of(repository, commit, config.exclude)
    chosen = frozenset(path for path in tree.paths() if path.startswith(below))
    skipped = tuple(entry for entry in tree.skipped if entry.path.startswith(below))
    environment = environment_at(config.env) if config.env else None
    snapshot = Snapshot(root or repository, tree, chosen, skipped, environment)
    return surveyed(derived(snapshot, rules, config.jobs), rules)


def again(found: Survey, observed: Sequence[ObservedError]) -> Survey:
    """The same with what running the code has shown."""
    derivation = derived(found.derivation.snapshot, found.rules, observed=observed)
    return surveyed(derivation, found.rules)


def surveyed(derivation: Derivation, rules: Sequence[Rule]) -> Survey:
    snapshot = derivation.snapshot

    @cache
    def ignores_of(path: str) -> tuple[Ignore, ...]:
        try:
            return ignores(decode(path, snapshot.read(path)))
        except (OSError, Unparsed):
            return ()

    sifted = sift(derivation.findings, derivation.undecided, derivation.marked, ignores_of, rules, rules)
    return Survey(derivation, tuple(rules), sifted.kept)


def chosen_groups(findings: Iterable[Finding], *, unsafe: bool) -> frozenset[str]:
    """The groups that are applied: the safe ones, and the others where they are asked for."""
    wanted = (finding for finding in findings if unsafe or finding.safety is Safety.SAFE)
    return frozenset(finding.group for finding in wanted if finding.group is not None)


def basis(finding: Finding) -> str:
    """What a finding rests on: only source and shipped stubs are there for a publisher to read again."""
    origins = {link.origin for link in finding.evidence}
    if Origin.RUN in origins:
        return "run"
    return "environment" if Origin.ENVIRONMENT in origins else "source"
