"""Nothing that a proposal says about the source reaches a pull request unless we derive it ourselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.entries import Excerpt, LeftOut, Link, ProposedFinding, Unclear
from tests.publish.conftest import Bench
from tests.publish.proposals import API

Document = EvidenceDocument
Change = Callable[[Document], Document]
EVIL = "backdoor"
LINK = Link("app/backdoor.py", 7, "`backdoor` opens a backdoor", "source")
# A loop that no fix is known for, so that a pull request has something to tell of what it leaves alone.
UNFIXED = """\
from app.db import session


async def odd():
    for _ in range(3):
        async for one in session():
            if one:
                break
            print(one)
        else:
            print("never")
"""
BROKEN = "async for x in (:\n"
DOUBTED = "async def unknown(pool):\n    async for one in pool.take():\n        print(one)\n"


def ghost(one: ProposedFinding, **facts: str) -> ProposedFinding:
    made = replace(
        one,
        path="app/backdoor.py",
        message="a backdoor",
        reason="a backdoor is here",
        disposition="refuse",
        safety=None,
        fingerprint="9" * 64,
        group=None,
        edits=(),
        evidence=(LINK,),
        applied=False,
        publishable=False,
        unpublished="a backdoor",
        function="backdoor",
        excerpt=Excerpt(one.line, ("backdoor()",)),
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def with_ghost(**facts: str) -> Change:
    return lambda document: replace(document, findings=(*document.findings, ghost(document.findings[0], **facts)))


def about_the_last(**facts: object) -> Change:
    """Say something else of a finding that is derived, but is no part of the change."""

    def change(document: Document) -> Document:
        (refused,) = (one for one in document.findings if one.group is None)
        others = tuple(one for one in document.findings if one.group is not None)
        return replace(document, findings=(*others, replace(refused, **facts)))  # type: ignore[arg-type]

    return change


DOUBT = Unclear("RB101", "app/backdoor.py", 1, 1, 1, 9, "backdoor()", "a backdoor", (LINK,))
CLAIMS: dict[str, Change] = {
    "a finding that is not there": with_ghost(),
    "one that says it rests on an environment": with_ghost(basis="environment"),
    "one that says it rests on a run": with_ghost(basis="run"),
    "one that says it rests on something else": with_ghost(basis="backdoor"),
    "one that was withdrawn": with_ghost(disposition="withdrawn"),
    "one that is expected": with_ghost(disposition="expected"),
    "an undecided place that is not there": lambda it: replace(it, undecided=(*it.undecided, DOUBT)),
    "a skipped file that is not there": lambda it: replace(
        it, skipped=(*it.skipped, LeftOut("app/backdoor.py", "syntax-error", "a backdoor"))
    ),
    "another message": about_the_last(message="a backdoor"),
    "another expression": about_the_last(expression="backdoor()"),
    "another reason": about_the_last(reason="a backdoor"),
    "another path": about_the_last(path="app/backdoor.py"),
    "another chain": about_the_last(evidence=(LINK,)),
    "a finding twice": lambda it: replace(it, findings=(*it.findings, *it.findings[-1:])),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_claimed_of_the_same_commit_and_not_derived_is_left_out_and_said(bench: Bench, name: str) -> None:
    bench.project.commit({"app/odd.py": UNFIXED})
    ended = bench.publish(bench.propose(CLAIMS[name]))
    assert ended.code == 0, ended.all
    said = "claimed by the run, not derived here: 1 entry left out"
    assert said in ended.out
    assert said in bench.pull.body
    assert EVIL not in bench.pull.body
    assert bench.published(bench.propose())["outcome"] == "unchanged", "otherwise it says what an honest one says"


@pytest.mark.parametrize(
    "facts",
    [
        {"function": "backdoor"},
        {"excerpt": Excerpt(6, ("backdoor()",))},
        {"unpublished": "a backdoor"},
        {"basis": "backdoor"},
    ],
)
def test_what_is_told_of_a_derived_finding_is_told_in_our_own_words(bench: Bench, facts: dict[str, object]) -> None:
    bench.project.commit({"app/odd.py": UNFIXED})
    assert bench.publish(bench.propose(about_the_last(**facts))).code == 0
    assert "app/odd.py:6" in bench.pull.body
    assert EVIL not in bench.pull.body


def test_a_commit_that_the_base_has_left_behind_is_no_way_around_it(bench: Bench) -> None:
    proposal = bench.propose(lambda it: CLAIMS["an undecided place that is not there"](with_ghost()(it)))
    bench.project.commit({"README.md": "moved on\n"})
    ended = bench.publish(proposal)
    assert ended.code == 0, ended.all
    assert "claimed by the run, not derived here: 2 entries left out" in ended.out
    assert EVIL not in bench.pull.body


def test_what_is_derived_stays_in(bench: Bench) -> None:
    bench.project.commit({"app/odd.py": UNFIXED, "app/broken.py": BROKEN, "app/doubted.py": DOUBTED})
    ended = bench.publish(bench.propose())
    assert ended.code == 0, ended.all
    assert "left out" not in ended.out + bench.pull.body
    for place in ("app/odd.py:6", "app/broken.py", "app/doubted.py:2"):
        assert place in bench.pull.body


def test_a_finding_that_the_run_withdrew_is_told_as_withdrawn(bench: Bench) -> None:
    bench.project.commit({"app/odd.py": UNFIXED})
    change = about_the_last(disposition="withdrawn", safety=None, reason="a backdoor")
    ended = bench.publish(bench.propose(change))
    assert ended.code == 0, ended.all
    assert "left out" not in ended.out
    assert "withdrawn" in bench.pull.body
    assert EVIL not in bench.pull.body


def test_moved_lines_are_told_where_they_are_now(bench: Bench) -> None:
    proposal = bench.propose()
    bench.project.commit({"app/api.py": f"import os\n\n{API}", "app/__init__.py": "x = 1\n"})
    ended = bench.publish(proposal)
    assert "not derived here" not in ended.out
