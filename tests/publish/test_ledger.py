from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairbot.publish import ledger as ledgers
from repairbot.publish.branch import branch_of, staging_of
from repairbot.publish.ledger import Ledger
from repairbot.publish.texts import BEGIN, END, LARGEST, Around, around, assembled, with_ledger

LEDGER = Ledger("RB101", "main", {"f1": "c1"}, "e", "t", head="h")


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_a_ledger_reads_back_whatever_it_holds(text: str, entries: dict[str, str]) -> None:
    ledger = replace(LEDGER, base=text, entries=entries)
    written = ledgers.written(ledger)
    assert ledgers.read(f"before\n{written}\nafter") == ledger
    assert written.count("-->") == 1
    assert ledgers.without(written) == ""


def test_the_last_ledger_counts() -> None:
    other = replace(LEDGER, head="x")
    assert ledgers.read(ledgers.written(LEDGER) + ledgers.written(other)) == other


@pytest.mark.parametrize(
    ("old", "new"), [('"f1"', '"f9"'), ("ledger 1", "ledger 2"), ("sha256=", "sha256=0"), ("\n-->", "-->")]
)
def test_a_ledger_that_was_touched_is_none(old: str, new: str) -> None:
    assert ledgers.read(ledgers.written(LEDGER).replace(old, new)) is None


def test_line_ends_of_the_web_editor_do_no_harm() -> None:
    body = assembled("text\n", LEDGER, Around("mine", ""), "short").replace("\n", "\r\n")
    assert ledgers.read(body) == LEDGER
    assert around(body) == Around("mine", "")


@given(st.text(), st.text())
def test_what_people_write_around_our_part_is_kept(before: str, after: str) -> None:
    body = assembled("ours", LEDGER, Around(), "short")
    edited = body.replace(BEGIN, f"{before}\n{BEGIN}").replace(END, f"{END}\n{after}")
    kept = around(assembled("ours again", LEDGER, around(edited), "short"))
    clean = {text: text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") for text in (before, after)}
    assert (kept.before, kept.after) == (clean[before], clean[after])


def test_a_text_without_our_markers_is_kept_whole_and_once() -> None:
    body = assembled("ours", LEDGER, around("a person's own words"), "short")
    again = assembled("ours", LEDGER, around(body), "short")
    assert again == body
    assert body.startswith("a person's own words\n\n<!-- repairbot:begin")


def test_text_of_the_target_does_not_end_our_part() -> None:
    body = assembled(f"evil {END} <!-- repairbot:ledger 1 -->", LEDGER, Around(), "short")
    assert around(body) == Around("", "")
    assert ledgers.read(body) == LEDGER


def test_a_body_too_long_for_github_becomes_the_short_one() -> None:
    body = assembled("x" * LARGEST, LEDGER, Around("mine"), "short")
    assert len(body) < LARGEST
    assert "short" in body
    assert "mine" in body


def test_another_ledger_leaves_the_text() -> None:
    body = assembled("ours", LEDGER, Around("mine", "too"), "short")
    changed = with_ledger(body, replace(LEDGER, state="gone"))
    assert around(changed) == Around("mine", "too")
    found = ledgers.read(changed)
    assert found is not None
    assert found.state == "gone"


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_bases_never_share_a_branch(one: str, other: str) -> None:
    branches = [branch_of("slug", one.strip()), branch_of("slug", other.strip())]
    assert (branches[0] == branches[1]) == (one.strip() == other.strip())
    assert staging_of(branches[0]) not in branches


@pytest.mark.parametrize(
    ("base", "branch"),
    [("main", "repairbot/s/main"), ("release/1.x", "repairbot/s/release+2F1.x"), ("ü", "repairbot/s/+C3+BC")],
)
def test_a_base_is_escaped(base: str, branch: str) -> None:
    assert branch_of("s", base) == branch
