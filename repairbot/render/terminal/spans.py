"""Lines of text whose parts say what they are; how that looks is decided where they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from repairbot.render.escape.visible import visible


class Tone(StrEnum):
    """What a part of a line is."""

    PLAIN = "plain"
    STRONG = "strong"
    PATH = "path"
    RULE = "rule"
    FAINT = "faint"
    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of one line."""

    text: str
    tone: Tone = Tone.PLAIN


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """One line of plain and toned parts."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """The lines without colour, each ended. Whatever a part contains, it stays on its line and is harmless."""
    return "".join("".join(visible(span.text) for span in one).rstrip() + "\n" for one in lines)
