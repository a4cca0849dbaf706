"""One file as text with positions, and back to bytes with replacements made and nothing else touched."""

from __future__ import annotations

import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from repairbot.model import Region, TextEdit
from repairbot.repair.refused import Refused

# The line ends that `ast` counts; str.splitlines knows more.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Layout:
    """A file's bytes, the text they decode to (without the byte order mark) and its physical lines, ends kept."""

    data: bytes = field(repr=False)
    text: str = field(repr=False)
    encoding: str
    lines: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, data: bytes) -> Layout:
        """Raises Refused for bytes that do not survive decoding and encoding."""
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
            text = data.decode(encoding)
            survives = text.encode(encoding) == data
        except (SyntaxError, ValueError, LookupError) as error:
            raise Refused(f"the file cannot be decoded: {error}") from error
        if not survives:
            raise Refused(f"the file's bytes do not survive a round trip through its encoding, {encoding}")
        lines = tuple(_LINE.findall(text))
        return cls(data, text, encoding, lines, tuple(_starts(lines)))

    def offset(self, line: int, column: int) -> int:
        """Where in `text` a position stands; the line after the last one is the end of the file."""
        return self.starts[line - 1] + column - 1

    def position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        if line > len(self.lines) > 0 and not self.lines[-1].endswith(("\r", "\n")):
            line -= 1
        return line, offset - self.starts[line - 1] + 1

    def column(self, line: int, utf8_offset: int) -> int:
        """The column, from 1 and in code points, of an offset as `ast` gives it."""
        if line > len(self.lines):
            return 1  # before Python 3.12 the places of what stands inside an f-string can be wrong
        content = self.lines[line - 1]
        if content.isascii():
            return utf8_offset + 1
        return len(content.encode()[:utf8_offset].decode(errors="ignore")) + 1

    def line_end(self, line: int) -> str:
        """The characters that end a line; for a last line without any, those that end the first."""
        for content in (self.lines[line - 1], self.lines[0]):
            ending = content[len(content.rstrip("\r\n")) :]
            if ending:
                return ending
        return "\n"

    def edit(self, path: str, start: int, end: int, replacement: str) -> TextEdit:
        return TextEdit(path, Region(*self.position(start), *self.position(end)), replacement)

    def applied(self, edits: Iterable[TextEdit]) -> bytes:
        """The bytes after `edits`. Raises Refused when they overlap or do not fit the encoding."""
        pieces: list[str] = []
        done = 0
        for edit in merged(edits):
            region = edit.region
            pieces += self.text[done : self.offset(region.line, region.column)], edit.replacement
            done = self.offset(region.end_line, region.end_column)
        try:
            # The codec "utf-8-sig" writes the byte order mark that it took away.
            return "".join([*pieces, self.text[done:]]).encode(self.encoding)
        except ValueError as error:
            raise Refused(f"the new text does not fit the file's encoding, {self.encoding}") from error


def apply(data: bytes, edits: Iterable[TextEdit]) -> bytes:
    """The file after `edits`, which are all of this one file. Raises Refused when they cannot be made."""
    return Layout.of(data).applied(edits)


def merged(edits: Iterable[TextEdit]) -> Sequence[TextEdit]:
    """The edits in order, equal ones once. Raises Refused when two of them touch the same text."""
    ordered = sorted(set(edits), key=lambda edit: (edit.region, edit.replacement))
    for one, other in pairwise(ordered):
        both_insert = _start(one) == _start(other) == _end(other)
        if _end(one) > _start(other) or both_insert:
            raise Refused(f"two edits touch the same text at line {other.region.line} of {other.path}")
    return ordered


def _start(edit: TextEdit) -> tuple[int, int]:
    return edit.region.line, edit.region.column


def _end(edit: TextEdit) -> tuple[int, int]:
    return edit.region.end_line, edit.region.end_column


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts
