"""Text of a target as Markdown of GitHub's flavour that shows it and does nothing else: no markup, mention or link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from markupsafe import Markup

from repairbot.render.escape.visible import visible
from repairbot.render.pieces import Piece, name, pieces

_MARKUP = re.compile(r"([\\`*_\[\]<>&~|#])")
# What means something at the start of a line only.
_START = re.compile(r"\A(?:([-+=])|(\d{1,9})([.)](?=\s|\Z)))")
_RUNS = re.compile(r"`+")
_WORDS = re.compile(r"(\s+)")
# What GitHub acts on after the Markdown is rendered, where a backslash no longer helps: mentions, references to issues
# and commits, addresses, emoji, mathematics. In code it leaves all of them alone.
_ACTED_ON = re.compile(
    r"@|\#\d|\bGH-\d|://|\bwww\.|\bmailto:|\bxmpp:|:[\w+-]+:|\$|(?<![\w])[0-9a-f]{7,40}(?![\w])", re.IGNORECASE
)


def code(text: str) -> Markup:
    """A code span that holds exactly the visible text."""
    return _span(name(text))


def cell_code(text: str) -> Markup:
    """The same in a cell of a table, which a bar would end."""
    return _span(_without_bars(name(text)))


def prose(sentence: str) -> Markup:
    """A sentence; what stands between backticks in it, and words that GitHub would act on, become code."""
    return _sentence(sentence, _span)


def cell(sentence: str) -> Markup:
    """The same in a cell of a table."""
    return _sentence(sentence, lambda text: _span(_without_bars(text)))


def fence(text: str, language: str = "") -> Markup:
    """A block of code, longer fenced than any backticks in it. `language` is a word of ours."""
    lines = [_block_line(line) for line in text.removesuffix("\n").split("\n")]
    ticks = "`" * max(3, 1 + max((len(run[0]) for line in lines for run in _RUNS.finditer(line)), default=0))
    return Markup("\n".join([f"{ticks}{language}", *lines, ticks]))  # noqa: S704 - nothing in it can end the fence


def _block_line(line: str) -> str:
    """Tabs are layout, and a carriage return before a line feed is only the other line end."""
    return "\t".join(visible(part) for part in line.removesuffix("\r").split("\t"))


def _without_bars(text: str) -> str:
    return text.replace("|", "\\x7c")


def _sentence(sentence: str, span: Callable[[str], Markup]) -> Markup:
    marked = Markup("").join(_marked(pieces(sentence.strip()), span))
    return Markup(_START.sub(r"\2\\\1\3", marked))  # noqa: S704 - another escape


def _span(text: str) -> Markup:
    if not text.strip():
        return Markup("(blank)")
    ticks = "`" * (1 + max((len(run) for run in _RUNS.findall(text)), default=0))
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return Markup(f"{ticks}{pad}{text}{pad}{ticks}")  # noqa: S704 - nothing in it can end the span


def _marked(found: Iterable[Piece], span: Callable[[str], Markup]) -> Iterator[Markup]:
    """Neighbouring code is joined, because two spans that touch would be read as one with backticks in it."""
    parts = (part for piece in found for part in ([piece] if piece.code else _words(piece.text)))
    for is_code, group in groupby(parts, key=lambda part: part.code):
        text = "".join(part.text for part in group)
        yield span(text) if is_code else Markup(_MARKUP.sub(r"\\\1", text))  # noqa: S704 - all of it escaped


def _words(text: str) -> Iterator[Piece]:
    for word in _WORDS.split(text):
        yield Piece(word, code=bool(_ACTED_ON.search(word)))
