from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest

from repairbot.config.keys import Choice
from repairbot.config.load import Config
from repairbot.errors import UsageError
from repairbot.rule import Rule
from repairbot.scan.selection import chosen, named


@dataclass(frozen=True)
class Named:
    code: str
    slug: str


RULES = cast("Sequence[Rule]", (Named("RB101", "async-for-x"), Named("RB102", "async-with-y"), Named("RB201", "z")))


def codes(select: str | None = None, ignore: str = "") -> list[str]:
    def choices(text: str, where: str) -> Any:
        return tuple(Choice(part, where) for part in text.split(",") if part)

    config = Config(None if select is None else choices(select, "--select"), choices(ignore, "--ignore"))
    return [rule.code for rule in chosen(config, RULES)]


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (None, "", ["RB101", "RB102", "RB201"]),
        ("RB101", "", ["RB101"]),
        ("rb101", "", ["RB101"]),
        ("async-with-y", "", ["RB102"]),
        ("RB1", "", ["RB101", "RB102"]),
        ("RB", "", ["RB101", "RB102", "RB201"]),
        ("RB201,RB101", "", ["RB101", "RB201"]),
        (None, "RB1", ["RB201"]),
        ("RB1", "RB101", ["RB102"]),
        ("RB101,RB102", "RB1,async-for-x", None),
    ],
)
def test_rules_are_selected_by_code_slug_or_prefix_and_ignore_wins(
    select: str | None, ignore: str, left: list[str] | None
) -> None:
    if left is None:
        with pytest.raises(UsageError, match="no rule is left to look for: --ignore"):
            codes(select, ignore)
    else:
        assert codes(select, ignore) == left


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("RB111", "--select: unknown rule 'RB111'; did you mean 'RB101'?"),
        ("async-for-z", "--select: unknown rule 'async-for-z'; did you mean 'async-for-x'?"),
        ("E501", "--select: unknown rule 'E501'; the rules are RB101, async-for-x, RB102"),
        ("", "no rule is selected"),
    ],
)
def test_a_selector_that_means_nothing_is_an_error_that_names_the_nearest(select: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        codes(select)
    assert said in str(raised.value)


def test_an_unknown_rule_is_an_error_in_ignore_too() -> None:
    with pytest.raises(UsageError, match="--ignore: unknown rule 'RB9'"):
        codes(ignore="RB9")


def test_a_rule_has_two_names() -> None:
    assert named("RB102", RULES) is RULES[1]
    assert named("Async-With-Y", RULES) is RULES[1]
    assert named("RB1", RULES) is None
