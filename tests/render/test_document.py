from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from repairbot.model import Disposition, Evidence, Finding, Origin, Region, Safety, Skipped, TextEdit, Undecided
from repairbot.render.document import fix_document, scan_document, text
from repairbot.render.report import Report
from repairbot.scan.ignores import Ignore, Unused

FIX = Finding(
    rule="RB101",
    path="pkg/\udcffapi.py",
    region=Region(12, 5, 12, 39),
    message="m",
    expression="get_session()",
    disposition=Disposition.FIX,
    safety=Safety.SAFE,
    reason=None,
    fingerprint="ab" * 32,
    group="g1",
    edits=(TextEdit("pkg/api.py", Region(12, 5, 12, 39), "async with get_session() as s"),),
    evidence=(Evidence("pkg/db.py", 8, "text \ud800", Origin.SOURCE),),
)
REFUSED = Finding(
    "RB101", "z.py", Region(1, 1, 1, 2), "m", "x", Disposition.REFUSE, None, "why", "cd" * 32, None, (), FIX.evidence
)
REPORT = Report(
    root=Path("/somewhere"),
    findings=(FIX, REFUSED),
    undecided=(Undecided("RB101", "u.py", Region(1, 2, 3, 4), "f()", "why not", FIX.evidence),),
    skipped=(Skipped("s.py", "syntax-error", "line 1"),),
    unused_ignores=(Unused("i.py", Ignore(4, "# repairbot: ignore[RB101]", ("RB101",), ours=True), "nothing"),),
    ignored=2,
    files=10,
    candidates=3,
    seconds=0.12345,
)


def validator(name: str) -> Draft202012Validator:
    folder = resources.files("repairbot") / "schemas"
    schemas = {entry.name: json.loads(entry.read_text("utf-8")) for entry in folder.iterdir()}
    registry: Registry[Any] = Registry().with_resources(
        [(f"repairbot/schemas/{key}", Resource.from_contents(schema)) for key, schema in schemas.items()]
    )
    return Draft202012Validator(schemas[name], registry=registry)


def test_the_scan_object_is_the_documented_one() -> None:
    document = scan_document(REPORT, "1.2")
    assert list(document) == [
        "schema_version", "tool", "root", "findings", "undecided", "skipped", "unused_ignores", "stats",
    ]  # fmt: skip
    assert document["schema_version"] == 1
    assert document["tool"] == {"name": "repairbot", "version": "1.2"}
    assert document["findings"][0] == {
        "rule": "RB101",
        "path": "pkg/%FFapi.py",
        "line": 12,
        "column": 5,
        "end_line": 12,
        "end_column": 39,
        "message": "m",
        "expression": "get_session()",
        "disposition": "fix",
        "safety": "safe",
        "reason": None,
        "fingerprint": "ab" * 32,
        "group": "g1",
        "edits": [
            {
                "path": "pkg/api.py",
                "span": {"line": 12, "column": 5, "end_line": 12, "end_column": 39},
                "replacement": "async with get_session() as s",
            }
        ],
        "evidence": [{"path": "pkg/db.py", "line": 8, "text": "text \ud800", "origin": "source"}],
    }
    assert document["stats"] == {"files": 10, "candidates": 3, "findings": 2, "ignored": 2, "seconds": 0.123}


def test_the_printed_object_is_ascii_without_lone_surrogates_on_one_line() -> None:
    printed = text(scan_document(REPORT, "1.2"))
    assert printed.isascii()
    assert printed.count("\n") == 1
    json.dumps(json.loads(printed), ensure_ascii=False).encode("utf-8")


def test_the_scan_schema_takes_the_scan_object() -> None:
    validator("scan.schema.json").validate(json.loads(text(scan_document(REPORT, "1.2"))))


def test_the_fix_schema_takes_the_fix_object() -> None:
    document = fix_document(REPORT, "1.2", lambda finding: finding is FIX, ["pkg/api.py"], written=True)
    assert [finding["applied"] for finding in document["findings"]] == [True, False]
    validator("fix.schema.json").validate(json.loads(text(document)))
    with pytest.raises(ValidationError):
        validator("fix.schema.json").validate(scan_document(REPORT, "1.2"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reason", "a safe fix has none"),
        ("line", 0),
        ("path", "/absolute.py"),
        ("disposition", "perhaps"),
        ("safety", None),
        ("edits", []),
        ("evidence", []),
        ("fingerprint", "short"),
        ("group", None),
    ],
)
def test_the_schema_refuses_what_the_contract_forbids_of_a_safe_fix(key: str, value: object) -> None:
    document = scan_document(REPORT, "1.2")
    document["findings"][0][key] = value
    assert not validator("scan.schema.json").is_valid(document)


def test_the_schema_refuses_a_refusal_without_a_reason() -> None:
    document = scan_document(REPORT, "1.2")
    document["findings"][1]["reason"] = None
    assert not validator("scan.schema.json").is_valid(document)


@pytest.mark.parametrize("name", ["scan.schema.json", "fix.schema.json"])
def test_each_schema_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(validator(name).schema)
