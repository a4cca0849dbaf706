"""Every figure of a write-up occurs in the evidence document, or is a count of what does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.storing import text as as_json
from repairbot.render.html import html_report
from repairbot.render.markdown import commit_message, pull_request_body, pull_request_title, step_summary
from tests.evidence.documents import DOCUMENT, REFUSED
from tests.render.hostile import RICH
from tests.render.test_length import large

_FIGURE = re.compile(r"(?<![\w#&])\d[\d,]*(?:\.\d+)*")
_OURS = re.compile(
    r"^\s*\d+\. "  # the number of an item
    r"|#\d+;"  # a sign in a label of Mermaid
    r"|\bn\d+\b"  # a box there
    r"|stroke[\w:#,-]*\d+(?: \d+)?(?:px)?",
    re.MULTILINE,
)


def counts(value: Any) -> Iterator[int]:
    """How many there are of everything, and of everything with the same value of something."""
    if isinstance(value, dict):
        yield from (count for item in value.values() for count in counts(item))
    elif isinstance(value, list):
        yield len(value)
        yield from (count for item in value for count in counts(item))
        for key in {key for item in value if isinstance(item, dict) for key in item}:
            same = [json.dumps(item[key]) for item in value if key in item]
            yield from (same.count(one) for one in set(same))


def known(document: EvidenceDocument) -> set[str]:
    source = as_json(document)
    value = json.loads(source)
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(source)}
    numbers = {float(figure) for figure in re.findall(r"-?\d+(?:\.\d+)?", source)}
    stated = set(counts(value))
    shares = {number * 100 for number in numbers if 0 < number < 1}
    return (
        figures
        | {f"{one:g}" for one in numbers | shares}
        | {f"{one:.0f}" for one in numbers}
        | {str(one) for one in stated}
    )


def derived(document: EvidenceDocument) -> set[str]:
    """Counts of two lists together, each said where it is used: what more there is than a list shows, and red tests."""
    tests = document.runs.tests
    found: set[int] = {0}
    if tests is not None:
        red = ("failed", "error", "crashed", "timed out")
        for run in (tests.before, tests.after):
            found |= {sum(run.outcomes.values()), sum(run.outcomes.get(name, 0) for name in red)}
        found.add(sum(tests.verdicts.get(name, 0) for name in ("regressed", "gone", "not collected")))
    for finding in document.findings:
        if finding.impact and finding.impact.reach:
            found.add(len(finding.impact.reach.entry_points) + finding.impact.reach.more - 1)
    bugs = [one for one in document.findings if one.disposition in {"fix", "refuse"}]
    found |= {sum(one.applied for one in document.findings), sum(not one.applied for one in bugs), len(bugs)}
    if document.changes:
        lines = document.changes.diff.split("\n")
        found |= {sum(line.startswith(sign) and not line.startswith(sign * 3) for line in lines) for sign in "+-"}
    return {str(one) for one in found}


def figures(text: str) -> set[str]:
    return {figure.replace(",", "").rstrip(".") for figure in _FIGURE.findall(_OURS.sub(" ", text))}


class Words(HTMLParser):
    """The text of a page that a reader sees, a picture's included."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.style = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.style = False

    def handle_data(self, data: str) -> None:
        if not self.style:
            self.words.append(data)


TEXTS: dict[str, Callable[[EvidenceDocument], str]] = {
    "body": pull_request_body,
    "title": pull_request_title,
    "commit": commit_message,
    "summary": step_summary,
    "html": lambda document: " ".join(Words(html_report(document)).words),
}
DOCUMENTS = {
    "full": DOCUMENT,
    "rich": RICH,
    "nothing repaired": replace(DOCUMENT, changes=None, findings=(REFUSED,)),
    "untested": replace(DOCUMENT, runs=replace(DOCUMENT.runs, tests=None, untested="pytest is missing")),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_comes_from_the_evidence(document: str, text: str) -> None:
    of = DOCUMENTS[document]
    assert figures(TEXTS[text](of)) - known(of) - derived(of) == set()


def test_what_is_not_listed_is_counted_rightly() -> None:
    document = large(40)
    body = pull_request_body(document)
    assert "15 more places are not listed." in body
    assert "30 more places are reached; they are not listed." in body
    assert "The change mends 20 places" in body


def test_a_figure_that_nothing_supports_is_noticed() -> None:
    assert figures("worth 123,456 USD, 4.5 %") - known(DOCUMENT) == {"123456", "4.5"}
