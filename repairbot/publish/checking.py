"""Holds a proposal against what we derived: which of its groups are ours to the byte, and what to say of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from repairbot.errors import UsageError
from repairbot.evidence.changes import Changes, Group
from repairbot.evidence.entries import reported
from repairbot.model import Finding, Safety
from repairbot.publish.proposal import Proposal
from repairbot.publish.rederived import Rederived
from repairbot.source.paths import shown

_SUFFIXES = (".py", ".pyi")


@dataclass(frozen=True, slots=True)
class Checked:
    """Names of the groups that may be published. `stale` are sentences about those that the base has outrun."""

    groups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


class _Different(Exception):
    """The proposal and the derivation differ; the text is a clause."""


class _Unfit(Exception):
    """The group is what we derived, and is not published all the same; the text is a clause."""


def checked(proposal: Proposal, ours: Rederived, *, unsafe: bool) -> Checked:
    """Raises UsageError where the proposal says of its own commit what is not true."""
    changes = proposal.document.changes
    if changes is None:
        return Checked()
    same_commit = proposal.document.target.commit == ours.commit
    good, notes, stale = [], list[str](), list[str]()
    for group in changes.groups:
        try:
            _check_fit(group, proposal, ours)
            _check_same(group, proposal, ours)
            _check_allowed(group, ours, unsafe=unsafe)
            good.append(group.name)
        except _Unfit as reason:
            notes.append(f"{_places(group, proposal)}: not published, {reason}")
        except _Different as reason:
            if same_commit:
                raise _tampered(proposal, str(reason)) from None
            if {finding.fingerprint for finding in ours.findings} & set(group.findings):
                stale.append(
                    f"{_places(group, proposal)}: the base has changed there since the proposal was made; run "
                    "`repairbot run` again"
                )
    _check_files(proposal, changes, good, ours)
    return Checked(tuple(good), tuple(notes), tuple(stale))


def _tampered(proposal: Proposal, reason: str) -> UsageError:
    return UsageError(
        f"{proposal.folder}: not what this release derives from commit {proposal.document.target.commit[:12]} "
        f"({reason}); nothing is published, run `repairbot run` again"
    )


def _check_fit(group: Group, proposal: Proposal, ours: Rederived) -> None:
    """Whether the proposal itself offers the group, and its rules look."""
    found = [finding for finding in proposal.document.findings if finding.fingerprint in group.findings]
    if any(finding.basis != "source" for finding in found):
        raise _Unfit("it does not rest on source and shipped stubs alone")
    if not group.publishable or not all(finding.publishable for finding in found):
        reasons = [group.unpublished, *(finding.unpublished for finding in found)]
        reason = next((one for one in reasons if one), "it gives no reason")
        raise _Unfit(f"the proposal itself keeps it back: {reason[:300]}")
    for finding in found:
        if finding.rule not in ours.rules:
            raise _Unfit("its rule is not selected here")


def _check_same(group: Group, proposal: Proposal, ours: Rederived) -> None:
    derived = ours.group(group.name)
    if not derived or {finding.fingerprint for finding in derived} != set(group.findings):
        raise _Different(f"there is no such group of edits as {group.name[:16]!r}")
    said = {finding.fingerprint: finding for finding in proposal.document.findings}
    for finding in derived:
        proposed = said.get(finding.fingerprint)
        if proposed is None or _facts(proposed) != _facts(reported(finding)):
            raise _Different(f"{shown(finding.path)}:{finding.region.line} is described differently")
    hashes = {file.path: file.before for file in proposal.document.changes.files} if proposal.document.changes else {}
    for path in _paths(derived):
        if hashes.get(shown(path)) != _sha256(ours.before(path)):
            raise _Different(f"{shown(path)} is another file")


def _facts(finding: object) -> tuple[object, ...]:
    names = ("rule", "path", "line", "column", "end_line", "end_column", "disposition", "safety", "group", "edits")
    return tuple(getattr(finding, name) for name in names)


def _check_allowed(group: Group, ours: Rederived, *, unsafe: bool) -> None:
    derived = ours.group(group.name)
    if not unsafe and any(finding.safety is not Safety.SAFE for finding in derived):
        raise _Unfit("it needs a person's eye; `--unsafe-fixes` publishes it all the same")
    for path in _paths(derived):
        if not path.endswith(_SUFFIXES) or path.startswith(".github/") or path in ours.irregular or shown(path) != path:
            raise _Unfit(f"{shown(path)} is not an ordinary Python file")


def _check_files(proposal: Proposal, changes: Changes, good: list[str], ours: Rederived) -> None:
    """Whether the files and the patch come out the same, where nothing else than good groups bears on them."""
    others = {path for group in changes.groups if group.name not in good for path in group.files}
    written = {shown(rewrite.path): _sha256(rewrite.new) for rewrite in ours.rewrites(good)}
    said = {file.path: file.after for file in changes.files}
    for path, digest in written.items():
        if path not in others and said.get(path) != digest:
            raise _tampered(proposal, f"{path} comes out differently")
    if said.keys() == written.keys() and not others and proposal.digest != _sha256(ours.diff(good)):
        raise _tampered(proposal, "its patch is another one")


def _paths(findings: Iterable[Finding]) -> list[str]:
    return sorted({edit.path for finding in findings for edit in finding.edits})


def _places(group: Group, proposal: Proposal) -> str:
    found = (one for one in proposal.document.findings if one.fingerprint in group.findings)
    return ", ".join(f"{one.path}:{one.line}" for one in found)[:300] or "a group without findings"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
