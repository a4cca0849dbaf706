from __future__ import annotations

from dataclasses import replace

from repairbot.render.terminal.outcome import outcome_lines
from tests.evidence.documents import DOCUMENT, FINDING


def test_a_fix_that_is_not_applied_says_why_it_is_unsafe() -> None:
    unsafe = replace(
        FINDING,
        applied=False,
        safety="unsafe",
        reason="the body does not tell which of the two it means",
        publishable=False,
        unpublished="its fix is unsafe, and --unsafe-fixes was not given",
    )
    said = [
        "".join(span.text for span in line) for line in outcome_lines(replace(DOCUMENT, findings=(unsafe,)), "proposal")
    ]
    assert (
        "  not applied: its fix is unsafe, and --unsafe-fixes was not given: "
        "the body does not tell which of the two it means"
    ) in said
