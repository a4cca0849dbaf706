"""The evidence document as a file: values in, JSON out, and back with nothing taken on trust."""

from __future__ import annotations

import json
from pathlib import Path

from repairbot.errors import UsageError
from repairbot.evidence.document import SCHEMA_VERSION, EvidenceDocument
from repairbot.plain import decoded, encoded, readable, strict, unknown

LARGEST = 64 * 1024 * 1024


def text(document: EvidenceDocument) -> str:
    """The document as JSON that a person can read; what no strict reader takes, lone surrogates, become escapes."""
    return json.dumps(readable(encoded(document)), indent=1, ensure_ascii=False) + "\n"


def read(path: Path) -> EvidenceDocument:
    """The document in a file. Raises UsageError, with what is wrong, for anything but one of this version."""
    if path.is_dir():
        path /= "evidence.json"
    try:
        if not path.is_file():
            raise UsageError(f"{path}: no such file; name the evidence.json of a proposal that `repairbot run` left")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    if len(data) > LARGEST:
        raise UsageError(f"{path}: larger than {LARGEST:,} bytes, so no evidence document of ours")
    return parsed(data, str(path))


def parsed(data: bytes, where: str) -> EvidenceDocument:
    """The same for bytes. Raises UsageError."""
    try:
        value = strict(data)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON that can be trusted ({error}); run `repairbot run` again") from None
    version = value.get("schema_version") if isinstance(value, dict) else None
    if isinstance(version, int) and version != SCHEMA_VERSION:
        raise UsageError(
            f"{where}: a document of version {version}, and this repairbot reads version {SCHEMA_VERSION}; "
            "use the same release for `run` and for this"
        )
    try:
        document = decoded(EvidenceDocument, value)
        surplus = next(unknown(value, encoded(document)), None)
    except (ValueError, RecursionError) as error:
        raise _no_document(where, _placed(str(error))) from None
    if surplus is not None:
        raise _no_document(where, f"at {surplus[:200]}: no such key in a document of this release")
    return document


def _no_document(where: str, problem: str) -> UsageError:
    return UsageError(f"{where}: not an evidence document ({problem}); run `repairbot run` again")


def _placed(problem: str) -> str:
    """Return msgspec's complaint with the place first: `Expected … - at `$.notes[0]``."""
    said, _, place = problem.partition(" - at ")
    return f"at {place.strip('`')[:200]}: {said[:200]}" if place else said[:200]
