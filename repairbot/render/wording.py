"""How counts, lists, dates and figures are said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from repairbot.render.pieces import LONGEST_SENTENCE, name
from repairbot.rules.registry import all_rules

BACKTICK = "\\x60"  # as unprintable characters are shown
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def quoted(text: str) -> str:
    """As code in a sentence of ours, where a backtick would end it."""
    return f"`{name(text).replace('`', BACKTICK)}`" if text.strip() else "(nothing)"


def brief(text: str) -> str:
    """A block of text that is short enough to be read, or what is said in place of a longer one."""
    return text if len(text) <= LONGEST_SENTENCE else f"(a text of {len(text):,} characters)"


def day(date: str) -> str:
    """The day of an ISO 8601 date and time."""
    found = _DATE.match(date)
    return found[0] if found else quoted(date)


def amount(number: float) -> str:
    """A figure as people write it, no digit invented or lost."""
    return f"{number:,.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:,}"


def percent(share: float) -> str:
    return f"{amount(round(share * 100, 6))} %"


def mistake(rule: str) -> str:
    """What a rule finds, as a noun phrase; the bare code of a rule that this release does not know."""
    known = next((one for one in all_rules() if one.code == rule), None)
    return known.summary if known else quoted(rule)
