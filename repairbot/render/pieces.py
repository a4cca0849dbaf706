"""A sentence of ours as alternating pieces of words and code: what stands between backticks is code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from repairbot.render.escape.visible import visible

_CODE = re.compile(r"`([^`]+)`")
LONGEST_SENTENCE = 1000
_LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a sentence; its text is harmless to show, and still to be escaped for its medium."""

    text: str
    code: bool


def pieces(sentence: str) -> Iterator[Piece]:
    """The pieces in order. A sentence that nobody would read is replaced whole, never cut."""
    if len(sentence) > LONGEST_SENTENCE:
        yield Piece(f"(a text of {len(sentence):,} characters)", code=False)
        return
    for number, text in enumerate(_CODE.split(sentence)):
        if text:
            yield Piece(name(text) if number % 2 else visible(text), code=bool(number % 2))


def name(text: str) -> str:
    """A path, an expression or another name made harmless; one that is too long loses its middle."""
    shown = visible(text)
    half = _LONGEST_NAME // 2
    return shown if len(shown) <= _LONGEST_NAME + 1 else f"{shown[:half]}…{shown[-half:]}"
