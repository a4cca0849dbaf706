from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from repairbot.demo.promises import (
    AFTER,
    BEFORE,
    DEFINITION,
    ERROR,
    FLIP,
    FUNCTION,
    HANDLER,
    JOURNEY,
    LINE,
    REPRODUCTION,
    Shown,
    executing,
    promises,
)
from repairbot.demo.showing import packages, promise_lines, shown_lines
from repairbot.evidence import observed
from repairbot.evidence.changes import Changes
from repairbot.evidence.document import SCHEMA_VERSION, Asked, EvidenceDocument, Target, Tool
from repairbot.evidence.entries import Link, ProposedFinding, Unclear
from repairbot.evidence.impact import CommitNote, EntryPoint, History, Hop, Impact, Journey, Owner, Reach, Step
from repairbot.evidence.observed import Executed, ProofEntry, RunEntry, Runs
from repairbot.render.terminal.spans import plain

FINDING = ProposedFinding(
    rule="RB101",
    path=HANDLER,
    line=LINE,
    column=9,
    end_line=LINE,
    end_column=64,
    message="",
    expression="get_request_scoped_db_session()",
    disposition="fix",
    safety="safe",
    reason=None,
    fingerprint="1",
    group="g",
    edits=(),
    evidence=(Link(HANDLER, 20, "", "source"), Link(DEFINITION, 13, "", "source")),
)
IMPACT = Impact(
    Reach(
        (
            EntryPoint(
                "WebSocket endpoint", "/ws/chat", production=True, hops=(Hop("chat_backend/main.py", 79, "chat"),)
            ),
        )
    ),
    history=History("flip", flip=CommitNote("f" * 40, "2026-11-02", FLIP)),
)
FINDING = replace(FINDING, impact=IMPACT)
EXPECTED = replace(FINDING, path=REPRODUCTION, line=13, disposition="expected", safety=None, fingerprint="2")
PROOF = ProofEntry("1", "proven", "", definition=FUNCTION, type="contextlib._AsyncGeneratorContextManager", error=ERROR)
OTHER = observed.TestEntry("tests/test_other.py::test", "still passing", "passed", "passed")
TESTS = observed.Tests(
    before=RunEntry({"passed": 1, "failed": 1}, None, "exit code 1", 1.0, "3.13.0", "9.2.0", None),
    after=RunEntry({"passed": 2}, None, "exit code 0", 1.0, "3.13.0", "9.2.0", None),
    whole=True,
    verdicts={"fixed": 1, "still passing": 1},
    incomplete=None,
    cases=(observed.TestEntry(JOURNEY, "fixed", "failed", "passed", message=ERROR), OTHER),
)
STEPS = (Step("log in"), Step("the triage agent starts", ("1",)), Step("the answer arrives", blocked=True))
JOURNEY_OF_THE_OWNER = Journey("A customer is answered", STEPS)
DOCUMENT = EvidenceDocument(
    schema_version=SCHEMA_VERSION,
    tool=Tool("repairbot", "1"),
    target=Target("chat-backend", None, "c" * 40, "main", None),
    asked=Asked(("RB101",), (), unsafe_fixes=False, env=False),
    findings=(FINDING, EXPECTED),
    undecided=(),
    skipped=(),
    changes=Changes("b", "c", "", "", f"--- a/{HANDLER}\n+++ b/{HANDLER}\n@@ -1 +1 @@\n-{BEFORE}\n+{AFTER}\n", (), ()),
    owner=Owner((JOURNEY_OF_THE_OWNER,)),
    notes=(),
    runs=Runs("", 60.0, proofs=(PROOF,), tests=TESTS, lines=(Executed("1", None, (JOURNEY,)),)),
)
WRITTEN = f"**It fails.**\n\n{HANDLER}:{LINE}\n\n## Root cause\n\n{ERROR}\n{JOURNEY}\n{FLIP}\n+{AFTER}\n"
WHOLE = Shown(DOCUMENT, WRITTEN, untouched=True)


def with_document(**changed: Any) -> Shown:
    return replace(WHOLE, document=replace(DOCUMENT, **changed))


def with_runs(**changed: Any) -> Shown:
    return with_document(runs=replace(DOCUMENT.runs, **changed))


def with_impact(**changed: Any) -> Shown:
    return with_document(findings=(replace(FINDING, impact=replace(IMPACT, **changed)), EXPECTED))


def with_case(number: int, **changed: Any) -> Shown:
    cases = list(TESTS.cases)
    cases[number] = replace(cases[number], **changed)
    return with_runs(tests=replace(TESTS, cases=tuple(cases)))


SCAN, CHAIN, LEFT_ALONE, NEAR_MISSES = "scan finds", "chain leads", "reproduction", "plain generator"
REAL, WAY, SUITE = "real function", "journey fails", "tests that execute"
WAY_IN, SINCE, OWNER = "way in", "history", "owner's journey"
REPAIR, WRITE_UP, UNTOUCHED = "repair changes", "write-up", "repository itself"
WORDS = (
    *(SCAN, CHAIN, LEFT_ALONE, NEAR_MISSES, REAL, WAY, SUITE, REPAIR),
    *(WAY_IN, SINCE, OWNER, WRITE_UP, UNTOUCHED),
)


def broken(shown: Shown) -> list[str]:
    """The promises that do not hold, by the words that tell them apart."""
    return [word for promise in promises(shown) if not promise.held for word in WORDS if word in promise.text]


def test_each_promise_is_told_apart_by_its_word() -> None:
    assert [word for promise in promises(WHOLE) for word in WORDS if word in promise.text] == list(WORDS)


def test_all_promises_hold_for_what_the_demo_leaves() -> None:
    assert broken(WHOLE) == []


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (with_document(findings=(replace(FINDING, safety="unsafe"), EXPECTED)), [SCAN]),
        (with_document(findings=(replace(FINDING, evidence=()), EXPECTED)), [CHAIN]),
        (with_document(findings=(FINDING, EXPECTED, replace(FINDING, line=9))), [SCAN]),
        (with_document(findings=(FINDING, replace(EXPECTED, disposition="fix", safety="safe"))), [SCAN, LEFT_ALONE]),
        (with_document(findings=(FINDING,)), [LEFT_ALONE]),
        (with_document(findings=(FINDING, EXPECTED, replace(EXPECTED, path="a.py"))), [NEAR_MISSES]),
        (with_document(undecided=(Unclear("RB101", "a.py", 1, 1, 1, 2, "x", "", ()),)), [NEAR_MISSES]),
        (with_runs(proofs=()), [REAL]),
        (with_runs(proofs=(replace(PROOF, error="TypeError: another"),)), [REAL]),
        (with_runs(proofs=(replace(PROOF, state="not called"),)), [REAL]),
        (with_runs(proofs=(replace(PROOF, definition="tests.fake:get_request_scoped_db_session"),)), [REAL]),
        (with_case(0, message="AssertionError"), [WAY]),
        (with_case(0, after="failed", verdict="still failing"), [WAY, SUITE]),
        (with_case(1, verdict="regressed"), [SUITE]),
        (with_case(1, verdict="fixed"), [SUITE]),
        (with_runs(lines=()), [SUITE]),
        (with_runs(tests=replace(TESTS, incomplete="it was stopped")), [SUITE]),
        (with_runs(tests=None, untested="no network"), [WAY, SUITE]),
        (with_document(changes=None), [REPAIR]),
        (with_impact(reach=None), [WAY_IN]),
        (with_impact(reach=Reach(())), [WAY_IN]),
        (with_impact(history=None), [SINCE]),
        (with_impact(history=History("unknown", missing="the clone is shallow")), [SINCE]),
        (with_document(owner=None), [OWNER]),
        (with_document(owner=Owner((replace(JOURNEY_OF_THE_OWNER, steps=(STEPS[0], *STEPS)),))), []),
        (with_document(owner=Owner((replace(JOURNEY_OF_THE_OWNER, steps=(STEPS[1], *STEPS)),))), [OWNER]),
        (replace(WHOLE, write_up=""), [WRITE_UP]),
        (replace(WHOLE, write_up=WRITTEN.replace(ERROR, "")), [WRITE_UP]),
        (replace(WHOLE, write_up=WRITTEN.replace(AFTER, BEFORE)), [WRITE_UP]),
        (replace(WHOLE, untouched=False), [UNTOUCHED]),
    ],
)
def test_a_promise_does_not_hold_when_its_fact_is_missing(shown: Shown, expected: list[str]) -> None:
    assert broken(shown) == expected


def test_another_line_in_the_diff_breaks_the_promise_about_it() -> None:
    assert DOCUMENT.changes is not None
    diff = f"{DOCUMENT.changes.diff}-old\n+new\n"
    assert broken(with_document(changes=replace(DOCUMENT.changes, diff=diff))) == [REPAIR]


def test_the_tests_that_execute_the_line_are_those_of_the_finding() -> None:
    assert [case.id for case in executing(DOCUMENT)] == [JOURNEY]
    assert executing(with_runs(lines=(Executed("2", None, (OTHER.id,)),)).document) == ()


def printed(lines: Callable[..., Any], shown: Shown) -> str:
    return plain(lines(shown, promises(shown), ()))


def test_what_is_shown_ends_with_the_sum_of_the_promises() -> None:
    assert printed(shown_lines, WHOLE).endswith("\n13 of 13 promises held in 60 s.\n")
    assert printed(promise_lines, with_document(changes=None)).endswith("\n12 of 13 promises held in 60 s.\n")


def test_the_write_up_is_shown_up_to_its_first_section() -> None:
    shown = printed(shown_lines, WHOLE)
    assert f"\n  **It fails.**\n\n  {HANDLER}:{LINE}\n\nWhat was promised\n" in shown


def test_without_packages_it_is_said_which_are_missing() -> None:
    shown = printed(shown_lines, with_runs(tests=None, untested="Connection refused"))
    assert "The tests could not be run: Connection refused" in shown
    assert all(requirement in shown for requirement in packages())
    assert [name.partition(">")[0] for name in packages()] == [
        "aiosqlite",
        "fastapi",
        "sqlalchemy[asyncio]",
        "httpx2",
        "pytest",
    ]
