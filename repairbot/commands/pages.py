"""The pages that ship with the program: one for each rule, and reference by topic."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from repairbot.render.listing import RulePage
from repairbot.rule import Rule
from repairbot.rules.registry import all_rules


def page_of(rule: Rule) -> str:
    """The rule's page, in Markdown."""
    return (resources.files("repairbot.rules") / f"{rule.slug.replace('-', '_')}.md").read_text("utf-8")


def rule_pages() -> tuple[RulePage, ...]:
    """Every rule with its page, by code."""
    return tuple(RulePage(rule.code, rule.slug, rule.summary, page_of(rule)) for rule in all_rules())


def topics() -> dict[str, str]:
    """Return each topic of the reference with the sentence that its page begins with, by name."""
    pages = sorted(page.name.removesuffix(".md") for page in _folder().iterdir() if page.name.endswith(".md"))
    return {name: topic_page(name).split("\n\n", 2)[1].replace("\n", " ") for name in pages}


def topic_page(name: str) -> str:
    """Return the page of a topic, in Markdown. The name is one of `topics`."""
    return (_folder() / f"{name}.md").read_text("utf-8")


def _folder() -> Traversable:
    return resources.files("repairbot") / "pages"
