"""The log is checked against the schema of SARIF 2.1.0, and against what GitHub's documents say it takes."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from repairbot.evidence.entries import Edit, Link, Span
from repairbot.render.listing import Listing, of_document
from repairbot.render.sarif import MOST_BYTES, MOST_RESULTS, text
from tests.evidence.documents import DOCUMENT
from tests.render.listings import ALL, EXPECTED, FIX, HOSTILE, REFUSED, RULES, SKIPPED, UNSAFE, hostile, listing, many

SCHEMA = json.loads((Path(__file__).parent / "sarif/sarif-2.1.0.json").read_text("utf-8"))


def log(given: Listing, **limits: int) -> Any:
    made = json.loads(text(given, **limits))
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(made)
    return made


def run_of(given: Listing, **limits: int) -> Any:
    (run,) = log(given, **limits)["runs"]
    return run


def only(given: Listing) -> Any:
    (result,) = run_of(given)["results"]
    return result


def notes(run: Any) -> list[str]:
    return [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]


@pytest.mark.parametrize(
    "given",
    [
        listing(),
        listing(*ALL, skipped=(SKIPPED,), undecided=3, crashed=("pkg/bad.py",), root="file:///somewhere/else"),
        listing(*hostile()),
        of_document(DOCUMENT, RULES),
        replace(listing(FIX), version="unknown"),
        replace(listing(FIX), rules=()),
    ],
    ids=["nothing", "everything", "hostile", "evidence document", "no version", "rule without a page"],
)
def test_the_log_is_valid_by_the_schema(given: Listing) -> None:
    log(given)


def test_the_schema_refuses_a_log_that_is_wrong() -> None:
    made = log(listing(FIX))
    made["runs"][0]["results"][0]["level"] = "fatal"
    assert not Draft202012Validator(SCHEMA).is_valid(made)


def test_a_result_is_at_the_finding_in_code_points_relative_to_the_root() -> None:
    run = run_of(listing(FIX, root="file:///src/project"))
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "pkg/api.py", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 12, "startColumn": 5, "endLine": 12, "endColumn": 39}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///src/project/"


def test_the_fingerprint_is_the_finding_s_own() -> None:
    assert only(listing(FIX))["partialFingerprints"] == {"repairbotFingerprint/v1": FIX.fingerprint}


def test_a_fix_replaces_what_the_edits_replace() -> None:
    (fix,) = only(listing(FIX))["fixes"]
    changes = {change["artifactLocation"]["uri"]: change["replacements"] for change in fix["artifactChanges"]}
    assert changes["pkg/other.py"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
            "insertedContent": {"text": "import x\n"},
        }
    ]
    first, second = changes["pkg/api.py"]
    assert first["insertedContent"] == {"text": "with get_session() as session"}
    assert "insertedContent" not in second
    assert second["deletedRegion"] == {"startLine": 14, "startColumn": 9, "endLine": 15, "endColumn": 1}


def test_the_chain_is_a_code_flow_and_its_places_in_the_target_are_linked() -> None:
    result = only(listing(FIX))
    ((thread,),) = (flow["threadFlows"] for flow in result["codeFlows"])
    flow = [step["location"] for step in thread["locations"]]
    assert [step["physicalLocation"]["artifactLocation"]["uri"] for step in flow] == [
        "pkg/api.py", "pkg/api.py", "pkg/db.py", "contextlib.pyi",
    ]  # fmt: skip
    assert flow[3]["physicalLocation"]["artifactLocation"]["uriBaseId"] == "STDLIB"
    assert [(one["id"], one["physicalLocation"]["region"]["startLine"]) for one in result["relatedLocations"]] == [
        (1, 3),
        (2, 8),
    ]
    assert result["message"]["text"].endswith("Evidence: [pkg/api.py:3](1), [pkg/db.py:8](2).")


def test_a_long_chain_keeps_its_first_and_last_links() -> None:
    chain = tuple(Link("pkg/db.py", number, "step", "source") for number in range(1, 2001))
    related = only(listing(replace(FIX, evidence=chain)))["relatedLocations"]
    assert len(related) == 100
    assert [one["physicalLocation"]["region"]["startLine"] for one in (related[0], related[-1])] == [1, 2000]


@pytest.mark.parametrize(
    ("finding", "level", "said", "suppressed"),
    [
        (FIX, "error", "`repairbot fix` makes the change.", None),
        (UNSAFE, "error", "a person should review: what entering gives is unknown.", None),
        (REFUSED, "error", "There is no automatic fix: a `break` may skip it.", None),
        (EXPECTED, "note", "The code means to fail here: ", "inSource"),
        (ALL[4], "note", "Withdrawn: the object has `__aiter__`.", "external"),
    ],
)
def test_the_level_and_the_message_say_what_becomes_of_it(
    finding: Any, level: str, said: str, suppressed: str | None
) -> None:
    result = only(listing(finding))
    assert result["level"] == level
    assert said in result["message"]["text"]
    assert [one["kind"] for one in result.get("suppressions", [])] == ([suppressed] if suppressed else [])
    assert ("fixes" in result) == (finding.disposition == "fix")


def test_what_only_tests_reach_is_a_warning_and_comes_after_what_production_reaches() -> None:
    production = DOCUMENT.findings[0]
    assert production.impact is not None
    assert production.impact.severity is not None
    severity = replace(production.impact.severity, level="tests only")
    tests = replace(production, path="a.py", impact=replace(production.impact, severity=severity))
    run = run_of(of_document(replace(DOCUMENT, findings=(tests, production)), RULES))
    assert [one["level"] for one in run["results"]] == ["error", "warning"]


def test_a_rule_brings_its_page_without_the_examples() -> None:
    driver = run_of(listing(FIX))["tool"]["driver"]
    first = driver["rules"][0]
    assert (first["id"], first["name"]) == ("RB101", "AsyncForContextManager")
    assert "## How to fix it by hand" in first["help"]["markdown"]
    assert "## Fixed" not in first["help"]["markdown"]
    assert first["fullDescription"]["text"].startswith("`@asynccontextmanager` turns an async generator function")
    assert driver["semanticVersion"] == "0.1.0"


def test_files_that_were_not_scanned_are_notifications() -> None:
    run = run_of(listing(skipped=(SKIPPED,), crashed=("pkg/bad.py",)))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert (first["level"], first["message"]["text"]) == ("error", "repairbot failed on this file.")
    assert second["level"] == "warning"
    assert second["message"]["text"].startswith("Not scanned (syntax-error): line 3")
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "pkg/old.py"
    assert run_of(listing())["invocations"][0]["executionSuccessful"] is True


def test_a_path_is_percent_encoded_and_decodes_to_itself() -> None:
    for path in ("a b.py", "ünï/☃.py", "a:b.py", "100%.py", "%FF.py", "a?b#c[d].py", "a\\b.py", "\n::x.py"):
        uri = only(listing(replace(FIX, path=path)))["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not set(uri) & set(" :?#[]\\\n")
        assert unquote(uri) == path


def test_no_text_of_the_target_makes_a_link_or_a_control_character() -> None:
    for result in run_of(listing(*hostile()))["results"]:
        said = result["message"]["text"]
        assert said.isprintable()
        assert "](http" not in said.replace("\\](http", "")
        assert "](javascript" not in said.replace("\\](javascript", "")


def test_the_log_is_ascii_that_every_strict_reader_takes() -> None:
    made = text(listing(*hostile()))
    assert made.isascii()
    assert json.loads(made.encode("ascii"))
    assert len(run_of(listing(*hostile()))["results"]) == len(HOSTILE)


def test_more_results_than_github_takes_lose_the_least_severe_and_say_so() -> None:
    run = run_of(listing(EXPECTED, EXPECTED, *many(9)), most_results=10)
    assert [one["level"] for one in run["results"]] == ["error"] * 9 + ["note"]
    assert notes(run) == ["Left out: 1 of 11 results, the least severe."]


def test_the_limits_are_those_of_github() -> None:
    assert (MOST_RESULTS, MOST_BYTES) == (25_000, 10_000_000)


def incompressible(letters: int) -> str:
    chosen = random.Random(letters)
    return "".join(chosen.choice("0123456789abcdef") for _ in range(letters))


def test_a_log_that_is_too_large_loses_evidence_then_replacements_then_results() -> None:
    links = tuple(Link("pkg/db.py", 1, incompressible(900 + number), "source") for number in range(20))
    wordy = replace(FIX, evidence=links, edits=())
    run = run_of(listing(wordy, skipped=(SKIPPED,)), most_bytes=10_000)
    assert notes(run)[0] == "Left out of every result, for size: the evidence."
    assert "codeFlows" not in run["results"][0]
    assert "Evidence" not in run["results"][0]["message"]["text"]

    heavy = replace(wordy, edits=(Edit("a.py", Span(1, 1, 1, 1), incompressible(40_000)),))
    run = run_of(listing(heavy), most_bytes=10_000)
    assert notes(run)[0] == "Left out of every result, for size: the evidence and the replacements."
    assert "fixes" not in run["results"][0]

    numerous = tuple(replace(FIX, evidence=(), message=incompressible(500 + number)) for number in range(64))
    run = run_of(listing(*numerous), most_bytes=10_000)
    assert 0 < len(run["results"]) < 64
    assert notes(run)[0] == f"Left out: {64 - len(run['results'])} of 64 results, the least severe."
    assert len(gzip.compress(text(listing(*numerous), most_bytes=10_000).encode())) <= 10_000


def test_the_same_listing_gives_the_same_bytes() -> None:
    assert text(listing(*ALL, skipped=(SKIPPED,))) == text(listing(*ALL, skipped=(SKIPPED,)))
