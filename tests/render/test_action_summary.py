from __future__ import annotations

from repairbot.render.action_summary import published, scanned
from tests.render.listings import ALL, FIX, SKIPPED, hostile, listing, many

ANSWER = {
    "repository": "a/b",
    "base": "main",
    "pulls": [
        {"rule": "RB101", "outcome": "created", "number": 3, "url": "https://x.invalid/3", "notes": ["@everyone <b>"]},
        {"rule": "RB102", "outcome": "declined", "number": None, "url": None, "notes": []},
    ],
    "notes": [],
}


def test_a_row_says_where_what_and_what_to_do() -> None:
    said = scanned(listing(*ALL, skipped=(SKIPPED,), unchanged=1, crashed=("x.py",)), 2)
    assert said.startswith("### repairbot: 3 findings\n")
    assert [row.split("|")[1].strip() for row in said.splitlines() if row.startswith("| `pkg")] == [
        "`pkg/api.py:12:5`",
        "`pkg/api.py:20:5`",
        "`pkg/api.py:30:5`",
    ]
    assert said.endswith(
        "1 finding left out as unchanged; 2 sites undecided; 1 file not scanned; repairbot failed on 1 file.\n"
    )


def test_a_long_table_is_cut_and_says_so() -> None:
    said = scanned(listing(*many(1300)), 0)
    assert said.count("\n| `pkg/api.py") == 200
    assert "1,100 more are in the SARIF log and in the evidence." in said


def test_hostile_text_stays_in_its_cell() -> None:
    findings = tuple(hostile())
    rows = [row for row in scanned(listing(*findings), 0).splitlines() if row.startswith("| `")]
    assert len(rows) == len(findings)
    assert {row.count(" | ") for row in rows} == {3}


def test_a_single_finding_is_singular() -> None:
    assert scanned(listing(FIX), 0).startswith("### repairbot: 1 finding\n")


def test_what_was_published_is_linked_and_its_notes_are_harmless() -> None:
    said = published(ANSWER)
    assert "- RB101 on main: created, [#3](https://x.invalid/3)\n" in said
    assert "- RB102 on main: declined" in said
    assert "<b>" not in said.replace("`<b>`", "")
    assert "@everyone" not in said.replace("`@everyone`", "")
    assert "There was nothing to publish." in published({**ANSWER, "pulls": []})
