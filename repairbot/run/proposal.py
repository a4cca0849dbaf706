"""The folder that a job leaves: evidence, patch, branch and logs, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import DiskFull, OutputError
from repairbot.evidence.changes import ChangedFile, Changes, Group
from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import ProposedFinding
from repairbot.evidence.storing import text
from repairbot.harness import leftovers, scratch
from repairbot.repair.diff import Rewrite
from repairbot.run.branch import Branch
from repairbot.run.places import EVIDENCE
from repairbot.source.paths import shown

PATCH = "changes.patch"
REPOSITORY = "repository.git"
LOGS = "logs"
BODY = "pull_request.md"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finished proposal."""

    folder: Path
    document: EvidenceDocument


@contextmanager
def prepared(out: Path) -> Iterator[Path]:
    """A new folder that takes the place of `out`, an earlier proposal, when the block ends well, and else vanishes."""
    goal = Path(os.path.realpath(out))
    try:
        folder = scratch.make(f".{goal.name[:40]}.", goal.parent)
        try:
            yield folder
            folder.chmod(0o755)
            _take_place(folder, goal)
        finally:
            leftovers.remove(folder)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull.at(goal.parent) from None
        raise OutputError(f"{out}: cannot be written ({error.strerror}); name another folder with --out") from None


def _take_place(folder: Path, goal: Path) -> None:
    if not goal.exists():
        folder.rename(goal)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{goal.name[:40]}.old.", dir=goal.parent))
    goal.rename(old / "proposal")
    try:
        folder.rename(goal)
    finally:
        if not goal.exists():  # an interrupt between the two: the earlier proposal comes back
            (old / "proposal").rename(goal)
        leftovers.remove(old)


def write(folder: Path, document: EvidenceDocument, branch: Branch | None, repository: Path, body: str) -> None:
    """Fill the folder; the logs are there already. `repository` is ours, with the target's commit and the branch."""
    (folder / EVIDENCE).write_text(text(document), encoding="utf-8")
    (folder / BODY).write_text(body, encoding="utf-8", errors="backslashreplace")
    if branch is not None:
        (folder / PATCH).write_bytes(branch.patch)
        shutil.copytree(repository, folder / REPOSITORY)


def changes(branch: Branch | None, findings: tuple[ProposedFinding, ...]) -> Changes | None:
    """The entry of the document about the branch."""
    if branch is None:
        return None
    patch = branch.patch
    return Changes(
        branch=branch.name,
        commit=branch.commit,
        message=branch.message,
        patch_sha256=hashlib.sha256(patch).hexdigest(),
        diff=patch.decode("utf-8", "backslashreplace"),
        files=tuple(_file(rewrite) for rewrite in branch.rewrites),
        groups=tuple(_group(name, findings) for name in sorted(branch.groups)),
    )


def _file(rewrite: Rewrite) -> ChangedFile:
    before, after = (hashlib.sha256(side).hexdigest() for side in (rewrite.old, rewrite.new))
    return ChangedFile(shown(rewrite.path), before, after)


def _group(name: str, findings: tuple[ProposedFinding, ...]) -> Group:
    members = [finding for finding in findings if finding.group == name]
    files = sorted({edit.path for finding in members for edit in finding.edits})
    why = next((finding.unpublished for finding in members if not finding.publishable), None)
    return Group(name, tuple(one.fingerprint for one in members), tuple(files), why is None, why)
