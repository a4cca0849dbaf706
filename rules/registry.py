"""All rules, found by their modules: a rule is one `.py` and one `.md` with the same stem in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

import repairbot.rules
from repairbot.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    names = [module.name for module in pkgutil.iter_modules(repairbot.rules.__path__) if module.name != "registry"]
    modules = [importlib.import_module(f"repairbot.rules.{name}") for name in names]
    return tuple(sorted((cast(Rule, module) for module in modules), key=lambda rule: rule.code))
