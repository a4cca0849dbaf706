"""Text of a target made harmless to show: no control characters, no reordering, no endless lines."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """`text` with everything that is not printable written as its escape; a second pass changes nothing."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def capped(text: str, limit: int = 400) -> str:
    """`text` cut to `limit` characters, with a mark that says so."""
    return text if len(text) <= limit else text[: limit - 4] + " ..."


def width(text: str) -> int:
    """How many terminal cells visible `text` takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
