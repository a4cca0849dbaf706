from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from repairbot.errors import UsageError
from repairbot.evidence import schema
from repairbot.evidence.storing import LARGEST, parsed, read, text
from tests.evidence.documents import DOCUMENT, FINDING

PLAIN: dict[str, Any] = json.loads(text(DOCUMENT))


def changed(**keys: Any) -> bytes:
    return json.dumps(PLAIN | keys).encode()


def test_the_schema_that_ships_is_the_one_the_values_have() -> None:
    assert schema.PLACE.read_text(encoding="utf-8") == schema.text()


def test_a_document_reads_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "evidence.json").write_text(text(DOCUMENT), encoding="utf-8")
    assert read(tmp_path / "evidence.json") == DOCUMENT
    assert read(tmp_path) == DOCUMENT


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"novelty": 1}, "$.novelty"),
        ({"target": {**PLAIN["target"], "novelty": 1}}, "$.target.novelty"),
        ({"findings": [{**PLAIN["findings"][0], "novelty": {}}]}, "$.findings[0].novelty"),
        ({"runs": {**PLAIN["runs"], "novelty": None}}, "$.runs.novelty"),
    ],
)
def test_keys_that_a_document_does_not_have_are_refused(keys: dict[str, Any], place: str) -> None:
    """A reader that passes them over and one that does not would read two documents."""
    with pytest.raises(UsageError) as refused:
        parsed(changed(**keys), "here")
    said = f"here: not an evidence document (at {place}: no such key in a document of this release)"
    assert str(refused.value).startswith(said)


def test_keys_with_defaults_may_be_missing() -> None:
    runs = {key: value for key, value in PLAIN["runs"].items() if key != "lines"}
    assert parsed(changed(runs=runs), "here").runs == replace(DOCUMENT.runs, lines=())


def spoilt(before: str, after: str) -> bytes:
    told = text(DOCUMENT)
    assert before in told
    return told.replace(before, after, 1).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (spoilt('"seconds": 31.5', '"seconds": NaN'), "NaN is no number"),
        (spoilt('"seconds": 31.5', '"seconds": -Infinity'), "-Infinity is no number"),
        (spoilt('"seconds": 31.5', '"seconds": 1e999'), "the number 1e999 is too large or too long"),
        (spoilt('"seconds": 31.5', '"seconds": 1' + "0" * 4000), "an integer of 4001 digits"),
        (spoilt('"seconds": 31.5', '"seconds": 0.' + "1" * 4000), "is too large or too long"),
        (spoilt('"name": "chat"', '"name": "chat", "name": "talk"'), "the key 'name' stands twice in one object"),
        (spoilt('"line": 12', '"line": 1' + "0" * 5000), "an integer of 5001 digits"),
        (spoilt('"name": "chat"', '"name": "\\ud800"'), "it holds text that is no Unicode"),
        (spoilt('"name": "chat"', '"\\ud800": 1, "name": "chat"'), "it holds text that is no Unicode"),
        (spoilt('"name": "chat"', '"name": "\udcff"'), "it holds text that is no Unicode"),
        (spoilt('"name": "chat"', '"name": ' + "[" * 900 + "]" * 900), "it is nested too deep"),
        (text(DOCUMENT).encode("utf-16"), "it holds text that is no Unicode"),
    ],
    ids=range(12),
)
def test_json_that_can_be_read_in_two_ways_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parsed(data, "here")
    assert str(refused.value).startswith("here: not ")
    assert said in str(refused.value)


def test_an_object_of_many_keys_is_refused_in_no_time() -> None:
    many = ",".join(f'"{number}":0' for number in range(200_000))
    with pytest.raises(UsageError, match="stands twice"):
        parsed(f'{{{many},"0":1}}'.encode(), "here")


def test_text_that_is_no_utf_8_is_written_as_its_escapes() -> None:
    odd = replace(DOCUMENT, findings=(replace(FINDING, message="a\udcff"),))
    assert parsed(text(odd).encode("utf-8"), "here").findings[0].message == "a\\udcff"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "here: not JSON"),
        (b"[" * 100_000, "here: not JSON"),
        (b"[]", "here: not an evidence document"),
        (changed(schema_version=2), "here: a document of version 2, and this repairbot reads version 1"),
        (
            changed(findings=[{}]),
            "here: not an evidence document (at $.findings[0]: Object missing required field `rule`)",
        ),
        (changed(notes=[1]), "here: not an evidence document (at $.notes[0]: Expected `str`, got `int`)"),
    ],
)
def test_anything_else_is_refused_with_what_is_wrong(data: bytes, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parsed(data, "here")
    assert str(refused.value).startswith(said)


def test_a_file_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "none.json")
    with (tmp_path / "evidence.json").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(UsageError, match="larger than"):
        read(tmp_path)
