"""Bodies at GitHub's limit: detail is dropped whole and in order, and the text says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import ProposedFinding
from repairbot.evidence.impact import EntryPoint, Hop, Impact, Reach
from repairbot.evidence.observed import Executed, GradeEntry, ProofEntry, TestEntry
from repairbot.render.detail import Detail, levels
from repairbot.render.markdown import BODY_BYTES, SUMMARY_BYTES, commit_message, pull_request_body, step_summary, whole
from tests.evidence.documents import DOCUMENT, FINDING

CLAUSES = [clause for level in levels(Detail()) for clause in level.said]


def finding(number: int, long: str) -> ProposedFinding:
    path = f"{long}package_{number}/module.py"
    hops = tuple(Hop(f"{long}package_{number}/caller_{step}.py", step + 1, f"{long}call_{step}") for step in range(4))
    points = tuple(
        EntryPoint("HTTP route", f"{long}/items/{number}/{one}", production=True, hops=hops) for one in range(9)
    )
    assert FINDING.impact is not None
    impact = Impact(Reach(points, more=3), FINDING.impact.severity, FINDING.impact.history)
    return replace(
        FINDING,
        path=path,
        line=number + 1,
        fingerprint=f"{number:064}",
        message=f"{long}message {number}",
        reason=f"{long}reason {number}",
        evidence=tuple(replace(link, path=path, text=f"{long}{link.text} {number}") for link in FINDING.evidence),
        impact=impact,
        applied=number % 2 == 0,
    )


def large(count: int, long: str = "") -> EvidenceDocument:
    """Findings that have nothing in common, so that nothing can be said once for many."""
    findings = tuple(finding(number, long) for number in range(count))
    names = [one.fingerprint for one in findings]
    tests = tuple(f"tests/test_{number}.py::test_{long}{number}" for number in range(count))
    assert DOCUMENT.runs.tests is not None
    runs = replace(
        DOCUMENT.runs,
        proofs=tuple(
            ProofEntry(name, "proven", "", f"{long}a:{name}", error=f"{long}TypeError {name}") for name in names
        ),
        lines=tuple(Executed(name, (), tests) for name in names),
        grades=tuple(GradeEntry(name, "B", f"{long}reason of {name}.", fixed=tests) for name in names),
        tests=replace(
            DOCUMENT.runs.tests,
            verdicts={"fixed": count},
            cases=tuple(TestEntry(test, "fixed", "failed", "passed", message=long) for test in tests),
        ),
    )
    assert DOCUMENT.changes is not None
    assert DOCUMENT.undecided
    return replace(
        DOCUMENT,
        findings=findings,
        runs=runs,
        changes=replace(DOCUMENT.changes, diff="".join(f"+{long}line {number}\n" for number in range(count))),
        undecided=tuple(
            replace(DOCUMENT.undecided[0], line=number + 1, reason=f"{long}why") for number in range(count)
        ),
        skipped=tuple(replace(DOCUMENT.skipped[0], path=f"{long}{number}.py") for number in range(count)),
    )


@pytest.mark.parametrize(
    "long",
    ["", "é" * 100, "x" * 900, "`|" * 450, "@a " * 5000],
    ids=["short", "two bytes", "unbroken", "marks", "endless"],
)
def test_five_hundred_findings_fit_whatever_their_texts_are(long: str) -> None:
    document = large(500, long)
    body = pull_request_body(document)
    assert len(body.encode()) <= BODY_BYTES
    assert "The change mends 250 places" in body
    assert len(step_summary(document).encode()) <= SUMMARY_BYTES
    assert len(commit_message(document)) < 30_000 + 45 * len(long)


def test_what_was_dropped_is_said_in_the_stated_order() -> None:
    body = pull_request_body(large(500, "x" * 300))
    (said,) = [line for line in body.split("\n") if line.startswith("Left out to fit: ")]
    clauses = said.removeprefix("Left out to fit: ").removesuffix(".").replace("\\", "").split("; ")
    assert clauses
    assert clauses == list(dict.fromkeys(CLAUSES))[: len(clauses)]


def test_a_short_body_says_of_nothing_that_it_was_dropped() -> None:
    assert "Left out" not in pull_request_body(DOCUMENT)


@pytest.mark.parametrize("count", [20, 120])
def test_each_line_of_a_shortened_body_is_a_whole_one(count: int) -> None:
    document = large(count)
    known = set(whole(document).split("\n"))
    new = [line for line in pull_request_body(document).split("\n") if line not in known]
    short = [line for line in new if " more" not in line and not line.startswith(("Left out", "The diff is longer"))]
    assert all(
        line.startswith(("- `", "  n", "  class", "- fixed")) or line.rstrip().endswith(".") for line in short
    ), short


def test_every_step_down_makes_the_body_shorter_or_leaves_it() -> None:
    from repairbot.render.markdown import MARKDOWN
    from repairbot.render.story import USUAL, story
    from repairbot.render.templates import sandbox

    template = sandbox(MARKDOWN).get_template("pull_request.md.j2")
    document = large(60)
    sizes = [
        len(template.render(page=story(document, USUAL, level))) - len("; ".join(level.said))
        for level in levels(Detail())
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 8000
