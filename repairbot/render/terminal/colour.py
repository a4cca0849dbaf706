"""Toned lines for a terminal; imported only when there is something to show in colour, because rich is slow to load."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from repairbot.render.escape.visible import visible
from repairbot.render.terminal.spans import Line, Tone

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.PATH: "bold",
    Tone.RULE: "bold magenta",
    Tone.FAINT: "dim",
    Tone.GOOD: "green",
    Tone.DOUBTFUL: "yellow",
    Tone.BAD: "red",
}


def coloured(lines: Iterable[Line]) -> str:
    """The lines with colour, each ended and none wrapped; as harmless as `spans.plain`."""
    console = _console(io.StringIO(), None)
    for one in lines:
        text = Text.assemble(*((visible(span.text), _STYLES[span.tone]) for span in one))
        console.print(text, soft_wrap=True)
    return _written(console)


def markdown(page: str, columns: int) -> str:
    """A Markdown page of our own, laid out for a terminal that is `columns` wide."""
    console = _console(io.StringIO(), columns)
    console.print(Markdown(page))
    return _written(console)


def _console(file: io.StringIO, columns: int | None) -> Console:
    return Console(file=file, width=columns, force_terminal=True, color_system="standard", highlight=False, emoji=False)


def _written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
