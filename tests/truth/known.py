"""What is known to be wrong today: the one list, which only gets shorter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.truth.judging import Judged

LIST = Path(__file__).with_name("open.txt")
DISAGREES = "disagrees "


@cache
def known_open() -> frozenset[str]:
    """The names of cases that are wrong today, and of those that commands disagree about, after `disagrees `."""
    lines = LIST.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def names(one: Judged) -> list[str]:
    """What the list must hold for a case to be known."""
    return [*([one.case.name] if one.wrong else []), *([DISAGREES + one.case.name] if one.disagreements else [])]
