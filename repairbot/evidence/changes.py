"""What a job would change: the commit on its branch, the patch, and the groups of edits it is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """SHA-256 of the whole file on either side."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """Edits that are applied whole or not at all; `findings` are fingerprints, `unpublished` the reason not to."""

    name: str
    findings: tuple[str, ...]
    files: tuple[str, ...]
    publishable: bool
    unpublished: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """`patch_sha256` is of the file `changes.patch` beside the document; `diff` is the same as text, for reading."""

    branch: str
    commit: str
    message: str
    patch_sha256: str
    diff: str
    files: tuple[ChangedFile, ...]
    groups: tuple[Group, ...]
