"""Holds a proposal against what we derived: which of its groups are ours to the byte, and what to say of the others."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from repairbot.errors import UsageError
from repairbot.evidence.changes import Changes, Group
from repairbot.evidence.entries import reported
from repairbot.model import Finding, Safety
from repairbot.publish.proposal import GivenProposal
from repairbot.publish.rederive import Rederived
from repairbot.source.paths import shown

_SUFFIXES = (".py", ".pyi")
# Control, format (bidi and zero-width), private, unassigned and surrogate characters, and separators but the space.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
# Letters and marks that show nothing: fillers of Hangul and Khmer, the empty Braille cell, variation selectors.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_SHORT_NAME = re.compile(r"git(hub)?~\d+")  # how Windows abbreviates the folders of git and GitHub


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


def checked(proposal: GivenProposal, ours: Rederived, *, unsafe: bool) -> Checked:
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


def _tampered(proposal: GivenProposal, reason: str) -> UsageError:
    return UsageError(
        f"{proposal.folder}: not what this release derives from commit {proposal.document.target.commit[:12]} "
        f"({reason}); nothing is published, run `repairbot run` again"
    )


def _check_fit(group: Group, proposal: GivenProposal, ours: Rederived) -> None:
    """Whether the proposal itself candidates_of the group, and its rules look."""
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


def _check_same(group: Group, proposal: GivenProposal, ours: Rederived) -> None:
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
        if not is_ordinary(path) or path in ours.irregular:
            raise _Unfit(f"{shown(path)} is not an ordinary Python file")


def is_ordinary(path: str) -> bool:
    """Whether a path is that of a Python file, reads as what it is, and lies on no system below `.github/`."""
    if not path.endswith(_SUFFIXES) or "\\" in path or ":" in path or _BLANK.search(path):
        return False
    if any(unicodedata.category(char) in _UNSEEN or (char.isspace() and char != " ") for char in path):
        return False
    return not any(_is_reserved(part) for part in path.split("/"))


def _is_reserved(part: str) -> bool:
    """Whether some file system takes the name of a folder for `.github` or `.git`."""
    name = unicodedata.normalize("NFKC", part).casefold().strip(" .")
    return bool(_SHORT_NAME.fullmatch(name)) or (
        part.strip().startswith((".", "\uff0e", "\u2024")) and name in {"git", "github"}
    )


def _check_files(proposal: GivenProposal, changes: Changes, good: list[str], ours: Rederived) -> None:
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


def _places(group: Group, proposal: GivenProposal) -> str:
    found = (one for one in proposal.document.findings if one.fingerprint in group.findings)
    return ", ".join(f"{one.path}:{one.line}" for one in found)[:300] or "a group without findings"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
