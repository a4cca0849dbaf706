"""The evidence document as a file: values in, JSON out, and back with nothing taken on trust."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from repairbot.errors import UsageError
from repairbot.evidence.document import SCHEMA_VERSION, EvidenceDocument
from repairbot.plain import decoded, encoded, readable

LARGEST = 64 * 1024 * 1024
_SCHEMA = Path(__file__).parents[1] / "schemas" / "evidence.schema.json"


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
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: not JSON ({error}); run `repairbot run` again") from None
    version = value.get("schema_version") if isinstance(value, dict) else None
    if isinstance(version, int) and version != SCHEMA_VERSION:
        raise UsageError(
            f"{where}: a document of version {version}, and this repairbot reads version {SCHEMA_VERSION}; "
            "use the same release for `run` and for this"
        )
    problem = _problem(value)
    if problem is not None:
        raise UsageError(f"{where}: not an evidence document ({problem}); run `repairbot run` again")
    return decoded(EvidenceDocument, value)


def _problem(value: object) -> str | None:
    from jsonschema.exceptions import best_match

    error = best_match(_validator().iter_errors(value))
    if error is None:
        return None
    return f"at {error.json_path[:200]}: {error.message[:200]}"


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # only where a document is read

    return Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))
