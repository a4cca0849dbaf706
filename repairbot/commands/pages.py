"""The pages of the rules, which ship as files beside them."""

from __future__ import annotations

from importlib import resources

from repairbot.render.listing import RulePage
from repairbot.rule import Rule
from repairbot.rules.registry import all_rules


def page_of(rule: Rule) -> str:
    """The rule's page, in Markdown."""
    return (resources.files("repairbot.rules") / f"{rule.slug.replace('-', '_')}.md").read_text("utf-8")


def rule_pages() -> tuple[RulePage, ...]:
    """Every rule with its page, by code."""
    return tuple(RulePage(rule.code, rule.slug, rule.summary, page_of(rule)) for rule in all_rules())
