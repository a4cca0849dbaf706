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


def changed(**keys: Any) -> bytes:
    return json.dumps(json.loads(text(DOCUMENT)) | keys).encode()


def test_the_schema_that_ships_is_the_one_the_values_have() -> None:
    assert schema.PLACE.read_text(encoding="utf-8") == schema.text()


def test_a_document_reads_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "evidence.json").write_text(text(DOCUMENT), encoding="utf-8")
    assert read(tmp_path / "evidence.json") == DOCUMENT
    assert read(tmp_path) == DOCUMENT


def test_keys_that_a_later_release_adds_are_passed_over() -> None:
    assert parsed(changed(novelty=1), "here") == DOCUMENT


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
        (changed(findings=[{}]), "here: not an evidence document (at $.findings[0]: 'rule' is a required property)"),
        (changed(notes=[1]), "here: not an evidence document (at $.notes[0]: 1 is not of type 'string')"),
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
