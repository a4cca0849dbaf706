"""Whole texts as they are; run as a program, this file writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.observed import Runs
from repairbot.render.markdown import commit_message, pull_request_body, pull_request_title, step_summary
from tests.evidence.documents import DOCUMENT, FINDING, REFUSED

SNAPSHOTS = Path(__file__).parent / "snapshots"

BARE = replace(
    DOCUMENT,
    findings=(replace(FINDING, applied=False, impact=None, unpublished="nothing was asked for"), REFUSED),
    changes=None,
    owner=None,
    undecided=(),
    skipped=(),
    notes=(),
    runs=Runs(started="2026-01-01T00:00:00+00:00", seconds=0.5, untested="pytest could not be installed"),
)
NOTHING = replace(BARE, findings=())

TEXTS: dict[str, Callable[[], str]] = {
    "body_full.md": lambda: pull_request_body(DOCUMENT),
    "body_bare.md": lambda: pull_request_body(BARE),
    "body_nothing.md": lambda: pull_request_body(NOTHING),
    "summary_full.md": lambda: step_summary(DOCUMENT),
    "commit_full.txt": lambda: f"{pull_request_title(DOCUMENT)}\n\n{commit_message(DOCUMENT)}",
    "commit_findings.txt": lambda: commit_message([FINDING, REFUSED]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_as_it_was(name: str) -> None:
    assert TEXTS[name]() == (SNAPSHOTS / name).read_text(encoding="utf-8")


def test_the_commit_message_needs_no_change_and_equals_that_of_the_document() -> None:
    unchanged: EvidenceDocument = replace(DOCUMENT, changes=None)
    assert commit_message([FINDING]) == commit_message(unchanged) == commit_message(DOCUMENT)


if __name__ == "__main__":
    for name, made in TEXTS.items():
        (SNAPSHOTS / name).write_text(made(), encoding="utf-8")
