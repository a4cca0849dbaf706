"""Which rules look: the selectors of `--select` and `--ignore` become codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from repairbot.config.keys import Choice
from repairbot.config.load import Config, nearest
from repairbot.errors import UsageError
from repairbot.rule import Rule


def chosen(config: Config, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that are selected and not ignored, in order. Raises UsageError for a selector that means none."""
    if config.select == ():
        raise UsageError("no rule is selected: name one, or leave `select` out to look for all")
    selected = {rule.code for rule in rules} if config.select is None else _codes(config.select, rules)
    ignored = _codes(config.ignore, rules)
    left = tuple(rule for rule in rules if rule.code in selected - ignored)
    if not left:
        raise UsageError(
            f"no rule is left to look for: {_places(config.ignore)} leaves out all that are selected; "
            "select others, or ignore fewer"
        )
    return left


def named(name: str, rules: Iterable[Rule]) -> Rule | None:
    """The rule with this code or slug."""
    return next((rule for rule in rules if name.lower() in (rule.code.lower(), rule.slug)), None)


def _codes(choices: Iterable[Choice], rules: Sequence[Rule]) -> set[str]:
    return {rule.code for choice in choices for rule in _meant(choice, rules)}


def _meant(choice: Choice, rules: Sequence[Rule]) -> Sequence[Rule]:
    exact = named(choice.text, rules)
    meant = [exact] if exact else [rule for rule in rules if rule.code.startswith(choice.text.upper())]
    if not meant:
        names = [name for rule in rules for name in (rule.code, rule.slug)]
        raise UsageError(f"{choice.where}: unknown rule {choice.text!r}; {nearest(choice.text, names, 'rules')}")
    return meant


def _places(choices: Iterable[Choice]) -> str:
    return " and ".join(dict.fromkeys(choice.where for choice in choices))
