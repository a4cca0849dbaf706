"""All rules, found by their modules: a rule is one `.py` and one `.md` with the same stem in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

import repairbot.rules
from repairbot.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    names = [module.name for module in pkgutil.iter_modules(repairbot.rules.__path__) if module.name != "registry"]
    found = [rule_of(importlib.import_module(f"repairbot.rules.{name}")) for name in names]
    codes = [rule.code for rule in found]
    if len(set(codes)) != len(codes):
        raise TypeError(f"two rules have the same code: {', '.join(sorted(codes))}")
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_of(module: ModuleType) -> Rule:
    """Return the rule that a module of this folder defines. Raises TypeError, which says what is wrong with it."""
    stem = module.__name__.rpartition(".")[2]
    rule = getattr(module, "rule", None)
    if not isinstance(rule, Rule):
        raise TypeError(f"rules/{stem}.py: it defines no `rule = Rule(…)`")
    if rule.slug.replace("-", "_") != stem:
        raise TypeError(
            f"rules/{stem}.py: its rule is called {rule.slug}, so the file is {rule.slug.replace('-', '_')}.py"
        )
    return rule
