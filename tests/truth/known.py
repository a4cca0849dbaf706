"""What is known to be wrong today: the one list, which only gets shorter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("open.txt")


@cache
def known_open() -> frozenset[str]:
    """The names of cases that fail today, `PAGE/SCENE: VARIANT`, and of ways, `by WAY`."""
    lines = LIST.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
