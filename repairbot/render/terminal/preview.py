"""The edits of a fix as a few removed and added lines, for a reader; the exact diff is `repairbot fix`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice

from repairbot.model import TextEdit
from repairbot.render.escape.visible import capped, visible
from repairbot.render.terminal.spans import Line, Span, Tone, line

LinesOf = Callable[[str], Sequence[str]]
"""The physical lines of a file of the target, ends kept; empty when it cannot be read."""

_ROWS = 12
_COLUMNS = 140
_LONGEST = 400


def preview(edits: Sequence[TextEdit], lines_of: LinesOf, home: str) -> list[Line]:
    """What changes, at most a screenful. Lines of other files than `home` come after their path."""
    rows: list[Line] = []
    for path, of_path in groupby(sorted(set(edits), key=_place), key=lambda edit: edit.path):
        if path != home:
            rows.append(line(Span(path, Tone.FAINT)))
        for cluster in _clusters(list(of_path)):
            rows += _changed(cluster, lines_of(path))
    if len(rows) <= _ROWS:
        return rows
    return [*rows[:_ROWS], line(Span("... (more: `repairbot fix` prints the whole diff)", Tone.FAINT))]


def _place(edit: TextEdit) -> tuple[str, int, int, int, int]:
    at = edit.region
    return edit.path, at.line, at.column, at.end_line, at.end_column


def _clusters(edits: Sequence[TextEdit]) -> Iterator[list[TextEdit]]:
    """Edits of the same or neighbouring lines, together."""
    cluster: list[TextEdit] = []
    for edit in edits:
        if cluster and edit.region.line > cluster[-1].region.end_line + 1:
            yield cluster
            cluster = []
        cluster.append(edit)
    if cluster:
        yield cluster


def _changed(edits: Sequence[TextEdit], lines: Sequence[str]) -> Iterator[Line]:
    first, last = edits[0].region.line, max(edit.region.end_line for edit in edits)
    old = list(lines[first - 1 : last])
    if len(old) != last - first + 1 and edits[-1].region.end_column != 1:
        return
    new = _edited("".join(old), edits, [0, *_offsets(old)], first)
    rows = difflib.unified_diff(_rows("".join(old)), _rows(new), n=0, lineterm="")
    for row in islice(rows, 2, None):  # the first two are the names of the files
        if not row.startswith("@@"):
            code = visible(row[1:].replace("\t", "    "))
            yield line(Span(capped(f"{row[0]} {code}", _COLUMNS), _TONES[row[0]]))


_TONES = {"-": Tone.BAD, "+": Tone.GOOD}


def _offsets(lines: Sequence[str]) -> Iterator[int]:
    total = 0
    for one in lines:
        total += len(one)
        yield total


def _edited(text: str, edits: Sequence[TextEdit], starts: Sequence[int], first: int) -> str:
    pieces, done = [], 0
    for edit in edits:
        at = edit.region
        pieces += [text[done : starts[at.line - first] + at.column - 1], edit.replacement]
        done = starts[at.end_line - first] + at.end_column - 1
    return "".join([*pieces, text[done:]])


def _rows(text: str) -> list[str]:
    """The first lines of `text`; no more than a reader is shown, so that a huge edit costs nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n", _LONGEST)[:_LONGEST]
