"""The evidence document: everything that is known of one job, as values; whatever anyone reads renders from it.

What `runs` holds was observed and may differ from run to run; all the rest is the same for the same commit. Lines and
columns count from 1, columns in code points, ends are exclusive. Paths are relative to the target's root, with `/`;
bytes that are no UTF-8 are %XX. Every text that comes from the target is hostile.
"""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.evidence.changes import Changes
from repairbot.evidence.entries import LeftOut, ProposedFinding, Unclear
from repairbot.evidence.impact import Owner
from repairbot.evidence.observed import Runs

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Target:
    """What was worked on. `repository` is OWNER/NAME where it is known; `committed` is an ISO 8601 date and time."""

    name: str
    repository: str | None
    commit: str
    branch: str | None
    committed: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides which findings and which changes there are, besides the commit."""

    rules: tuple[str, ...]
    exclude: tuple[str, ...]
    unsafe_fixes: bool
    env: bool


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """`changes` is None where nothing is repaired; `owner` where the target's configuration has no figures.

    `notes` are sentences about the input that a reader should know, such as uncommitted files that were not looked at.
    """

    schema_version: int
    tool: Tool
    target: Target
    asked: Asked
    findings: tuple[ProposedFinding, ...]
    undecided: tuple[Unclear, ...]
    skipped: tuple[LeftOut, ...]
    changes: Changes | None
    owner: Owner | None
    notes: tuple[str, ...]
    runs: Runs
