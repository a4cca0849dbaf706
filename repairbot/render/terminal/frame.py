"""A region of a file as the rows a reader sees: line numbers, code, and a mark under what is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repairbot.model import Region
from repairbot.render.escape.visible import visible, width
from repairbot.render.terminal.spans import Line, Span, Tone, line

_COLUMNS = 110
_BEFORE = 20
_ROWS = 5
_TAB = "    "


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    code: str
    indent: int
    marks: int


def frame(lines: Sequence[str], region: Region) -> list[Line]:
    """The rows of `region`. `lines` are the file's physical lines; nothing when the region is not in them."""
    last = region.end_line if region.end_column > 1 else max(region.line, region.end_line - 1)
    if not 1 <= region.line <= last <= len(lines):
        return []
    numbers = range(region.line, last + 1)
    margin = len(str(last))
    rows = [_row(lines[number - 1], number, region) for number in _kept(numbers)]
    return [line(Span(" " * margin + " |", Tone.FAINT)), *_shown(rows, margin)]


def _kept(numbers: range) -> list[int]:
    return list(numbers) if len(numbers) <= _ROWS else [*numbers[: _ROWS - 2], numbers[-1]]


def _shown(rows: Sequence[_Row], margin: int) -> Iterator[Line]:
    blank = Span(" " * margin + " | ", Tone.FAINT)
    for before, row in zip([None, *rows[:-1]], rows, strict=True):
        if before is not None and row.number != before.number + 1:
            yield line(Span("...", Tone.FAINT))
        yield line(Span(f"{row.number:>{margin}} | ", Tone.FAINT), row.code)
        if row.marks:
            yield line(blank, " " * row.indent, Span("^" * row.marks, Tone.BAD))


def _row(text: str, number: int, region: Region) -> _Row:
    text = text.rstrip("\r\n")
    start = region.column - 1 if number == region.line else len(text) - len(text.lstrip())
    end = region.end_column - 1 if number == region.end_line else len(text.rstrip())
    left = max(0, min(start - _BEFORE, len(text) - _COLUMNS)) if len(text) > _COLUMNS else 0
    right = left + _COLUMNS
    lead, meant, rest = (_flat(text[max(a, left) : min(b, right)]) for a, b in ((0, start), (start, end), (end, right)))
    lead = "..." * (left > 0) + lead
    return _Row(number, lead + meant + rest + "..." * (right < len(text)), width(lead), width(meant))


def _flat(text: str) -> str:
    return visible(text.replace("\t", _TAB).replace("\f", ""))
