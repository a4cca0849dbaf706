"""A proposal as somebody left it in a folder: nothing in it is believed before it is derived again."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.evidence import storing
from repairbot.evidence.document import EvidenceDocument

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GivenProposal:
    """`digest` is the SHA-256 of its patch."""

    folder: Path
    document: EvidenceDocument
    digest: str | None


def read(folder: Path, version: str) -> GivenProposal:
    """Raises UsageError for what is no proposal, one of another release, or one whose parts contradict each other."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the proposal that `repairbot run` left")
    document = storing.parsed(_bytes(folder / "evidence.json"), str(folder / "evidence.json"))
    if document.tool.version != version:
        raise UsageError(
            f"{folder}: made by repairbot {document.tool.version[:40]!r}, and this is {version}; use the same release "
            "for `run` and `publish`"
        )
    if document.changes is None:
        return GivenProposal(folder, document, None)
    digest = hashlib.sha256(_bytes(folder / "changes.patch")).hexdigest()
    if digest != document.changes.patch_sha256:
        raise UsageError(
            f"{folder}: changes.patch is not the patch that evidence.json speaks of; run `repairbot run` again"
        )
    return GivenProposal(folder, document, digest)


def _bytes(path: Path) -> bytes:
    """An ordinary file; a link could lead to something of ours."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(opened, "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LARGEST:
                raise UsageError(f"{path}: no ordinary file of at most {_LARGEST:,} bytes; run `repairbot run` again")
            return stream.read()
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); name a folder that `repairbot run` left"
        ) from None
