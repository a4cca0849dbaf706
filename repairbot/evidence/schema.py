"""The JSON Schema of the evidence document, from its values: `python -m repairbot.evidence.schema` writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from repairbot.evidence.document import SCHEMA_VERSION, EvidenceDocument

PLACE = Path(__file__).parents[1] / "schemas" / "evidence.schema.json"

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the whole schema. Keys that have a default are not required; no others are allowed."""
    ((top, *_), definitions) = msgspec.json.schema_components([EvidenceDocument])
    found = {name: _strict(one) for name, one in sorted(definitions.items())}
    document = found.pop(top["$ref"].rpartition("/")[2])
    document["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"repairbot/schemas/{PLACE.name}",
        **document,
        "title": "The file `evidence.json` of a proposal that `repairbot run` leaves",
        "$defs": found,
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _strict(one: Schema) -> Schema:
    """Return a class's schema that takes nothing the class does not have, with its docstring on one line."""
    said = {key: value for key, value in one.items() if key != "title"}
    if "description" in said:
        said["description"] = re.sub(r"\s+", " ", said["description"]).strip()
    return {**said, "additionalProperties": False}


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
