"""Whatever the texts of a document are, the page stays the same page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from repairbot.render.escape.markdown import cell, cell_code, code, fence, prose
from repairbot.render.html import html_report
from repairbot.render.markdown import commit_message, pull_request_body, pull_request_title, step_summary
from repairbot.render.pieces import name
from tests.render.hostile import MEANT_AS, poisoned, pools, texts

CALM = ["word"]
ALL_AT_ONCE = list(MEANT_AS)
THE_REST = list(reversed(MEANT_AS))
OUR_HTML = re.compile(r"\s*(</?details>|<summary>[\w ,:']+</summary>|\s)+\s*")
# What GitHub makes of text after Markdown: mentions, references, addresses, emoji, mathematics.
ACTED_ON = re.compile(
    r"(?:^|\W)@[A-Za-z0-9]|(?:^|\W)#\d|\bGH-\d|https?://|\bwww\.|\w@\w+\.\w|mailto:|:[a-z]+:|\$|\b[0-9a-f]{7,40}\b",
    re.IGNORECASE,
)

parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
few = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def texts_of(tokens: Sequence[Token]) -> list[str]:
    """The text of each paragraph, heading and cell that is not code, in one piece."""
    return [
        "".join(child.content if child.type == "text" else "\n" for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]


def blocks(markdown: str) -> list[str]:
    return [f"{token.type} {token.tag}" for token in parser.parse(markdown)]


@cache
def calm_blocks() -> list[str]:
    return blocks(pull_request_body(poisoned(CALM)))


def assert_harmless(markdown: str) -> None:
    assert all(char.isprintable() or char in "\n\t" for char in markdown)
    tokens = parser.parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} <= {"text", "code_inline", "softbreak", "strong_open", "strong_close",
                                                "em_open", "em_close", "text_special"}  # fmt: skip
    html = [token.content for token in tokens if token.type == "html_block"]
    assert all(OUR_HTML.fullmatch(one) for one in html), html
    acted_on = [text for text in texts_of(tokens) if ACTED_ON.search(text)]
    assert acted_on == []


@given(pools)
@example(ALL_AT_ONCE)
@example(THE_REST)
@few
def test_no_text_breaks_out_of_its_place_in_the_markdown(pool: list[str]) -> None:
    body = pull_request_body(poisoned(pool))
    assert_harmless(body)
    assert blocks(body) == calm_blocks()


@given(pools)
@example(ALL_AT_ONCE)
@few
def test_names_of_outcomes_and_the_step_summary_are_as_harmless(pool: list[str]) -> None:
    assert_harmless(step_summary(poisoned(pool, keys=True)))


@given(texts)
@few
def test_code_shows_the_text_and_nothing_but_code(text: str) -> None:
    shown = name(text) if name(text).strip() else "(blank)"
    for row in (f"{code(text)}", f"# {code(text)}", f"- {code(text)}"):
        assert [one.content for token in parser.parse(row) for one in token.children or ()] == [shown]
    table = parser.parse(f"| a | b |\n|---|---|\n| {cell_code(text)} | {cell(text)} |\n")
    assert [token.type for token in table].count("td_open") == 2


@given(texts)
@example("```\n````")
@few
def test_a_fence_holds_all_of_its_text(text: str) -> None:
    tokens = parser.parse(f"before\n\n{fence(text, 'diff')}\n\nafter\n")
    assert [token.type for token in tokens if token.level == 0] == [
        "paragraph_open", "paragraph_close", "fence", "paragraph_open", "paragraph_close"]  # fmt: skip


@pytest.mark.parametrize("text", MEANT_AS)
def test_a_sentence_does_nothing_at_the_start_of_a_line(text: str) -> None:
    tokens = parser.parse(f"{prose(text)}\n")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert_harmless(f"{prose(text)}\n")


@given(pools)
@example(ALL_AT_ONCE)
@example(THE_REST)
@few
def test_titles_and_commit_messages_are_lines_on_which_nobody_acts(pool: list[str]) -> None:
    document = poisoned(pool)
    title, message = pull_request_title(document), commit_message(document)
    assert title.isprintable()
    assert len(title) <= 256
    for line in message.split("\n")[1:]:
        assert re.match(r"- |  |Decided by:$|Found and mended by repairbot \(|$", line), line
    for text in (title, message):
        assert re.search(r"@\w|#\d|\bGH-\d|://|\[skip|\[ci skip|\*\*\*NO_CI", text, re.IGNORECASE) is None
        assert all(char.isprintable() or char == "\n" for char in text)


class Page(HTMLParser):
    """The tags of a page with the names of their attributes; those of words in a sentence or a diff are left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.in_diff = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_diff = self.in_diff or (tag, ("class", "diff")) == (tag, (attrs or [("", "")])[0])
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if tag not in {"code", "wbr"} and not self.in_diff:
            self.tags.append(f"{tag} {' '.join(name for name, _ in attrs)}")

    def handle_endtag(self, tag: str) -> None:
        self.in_diff = self.in_diff and tag != "pre"


@cache
def calm_tags() -> list[str]:
    return Page(html_report(poisoned(CALM))).tags


@given(pools)
@example(ALL_AT_ONCE)
@example(THE_REST)
@few
def test_no_text_becomes_a_tag_an_attribute_or_an_address_of_the_page(pool: list[str]) -> None:
    page = html_report(poisoned(pool))
    assert Page(page).tags == calm_tags()
    assert {address[:1] for address in Page(page).addresses} <= {"#", "d"}
    assert [address for address in Page(page).addresses if address.startswith("d")] == ["data:,"]
    assert all(char.isprintable() or char == "\n" for char in page)
