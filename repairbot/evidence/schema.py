"""The JSON Schema of the evidence document, from its dataclasses: `python -m repairbot.evidence.schema` writes it."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from repairbot.evidence.document import SCHEMA_VERSION, EvidenceDocument

PLACE = Path(__file__).parents[1] / "schemas" / "evidence.schema.json"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}

Schema = dict[str, Any]


def schema() -> Schema:
    """The whole schema. Keys that have a default are not required; new keys may appear."""
    definitions: dict[str, Schema] = {}
    top = _of_class(EvidenceDocument, definitions)
    top["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"repairbot/schemas/{PLACE.name}",
        "title": "The file `evidence.json` of a proposal that `repairbot run` leaves",
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _of_class(kind: Any, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    found: Schema = {"type": "object"}
    if not kind.__doc__.startswith(f"{kind.__name__}("):  # what dataclass writes where nobody wrote anything
        found["description"] = re.sub(r"\s+", " ", kind.__doc__).strip()
    found["required"] = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    found["properties"] = {one.name: _of(hints[one.name], definitions) for one in fields(kind)}
    return found


def _of(kind: Any, definitions: dict[str, Schema]) -> Schema:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        (inner,) = (one for one in arguments if one is not type(None))
        return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if is_dataclass(kind):
        name = getattr(kind, "__name__", "")
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _of_class(kind, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return {"type": _PLAIN[kind]}


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
