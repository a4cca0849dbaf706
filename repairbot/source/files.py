"""The values of this layer: one file of Python, found or parsed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from repairbot.model import Origin, Region, Skipped

# str.splitlines is many times faster, but breaks at these as well, which `ast` does not count as line ends.
_ENDS_FOR_STR_ALONE = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_PHYSICAL_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """One Python file that an import can lead to.

    `path` is what evidence shows: relative to the root for source, relative to the library's own folder otherwise.
    `origin` and `path` together identify it. A namespace package is its directory: the path ends in "/".
    """

    path: str
    origin: Origin
    name: str = field(compare=False)
    is_package: bool = field(compare=False)

    @property
    def is_stub(self) -> bool:
        return self.path.endswith(".pyi")

    @property
    def is_namespace(self) -> bool:
        return self.path.endswith("/")


@dataclass(frozen=True, slots=True)
class Missing:
    """No file for a dotted name, with the reason as one clause ("no module 'x' in the target, …")."""

    reason: str
    ambiguous: bool = False


@dataclass(frozen=True)
class Parsed:
    """A file that `ast` accepts.

    `data` is the file as it is on disk, `text` what Python's own decoding makes of it, without a byte order mark.
    """

    file: ModuleFile
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """Physical lines as `ast` counts them, ends kept."""
        if any(end in self.text for end in _ENDS_FOR_STR_ALONE):
            return _PHYSICAL_LINE.findall(self.text)
        return self.text.splitlines(keepends=True)

    def lines_with(self, *words: str) -> list[int]:
        """The numbers of the lines that hold one of some words, sorted."""
        return self.lines_at(place for word in words for place in _places(self.text, word))

    def lines_matching(self, pattern: re.Pattern[str]) -> list[int]:
        """The numbers of the lines where a match of the pattern begins or ends, sorted."""
        return self.lines_at(place for match in pattern.finditer(self.text) for place in match.span())

    def lines_at(self, places: Iterable[int]) -> list[int]:
        """The numbers, sorted and each once, of the lines in which some places of the text are."""
        found: list[int] = []
        line, counted = 1, 0
        for place in sorted(places):
            if "\r" in self.text:
                line += len(_LINE_END.findall(self.text, counted, place))
            else:
                line += self.text.count("\n", counted, place)
            counted = place
            if not found or found[-1] != line:
                found.append(line)
        return found

    def region(self, first: ast.AST, last: ast.AST | None = None) -> Region:
        """From the start of `first` to the end of `last` (of `first` when left out), columns in code points."""
        last = last or first
        line: int = getattr(first, "lineno")  # noqa: B009 - ast.AST declares no position
        end_line: int = getattr(last, "end_lineno")  # noqa: B009
        return Region(
            line,
            self.column(line, getattr(first, "col_offset")),  # noqa: B009
            end_line,
            self.column(end_line, getattr(last, "end_col_offset")),  # noqa: B009
        )

    def segment(self, node: ast.AST) -> str:
        """The source text of a node."""
        region = self.region(node)
        lines = self.lines[region.line - 1 : region.end_line]
        lines[-1] = lines[-1][: region.end_column - 1]
        lines[0] = lines[0][region.column - 1 :]
        return "".join(lines)

    def column(self, line: int, offset: int) -> int:
        """The column, from 1 and in code points, of a UTF-8 byte offset as `ast` gives it."""
        if line > len(self.lines):
            return 1
        content = self.lines[line - 1]
        if content.isascii():
            return min(offset, len(content)) + 1
        # Before Python 3.12 offsets inside f-strings can be wrong and fall inside a character.
        return len(content.encode()[:offset].decode(errors="ignore")) + 1


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


class Unparsed(Exception):
    """The file cannot be read as Python here; carries the `skipped` entry that says why."""

    def __init__(self, skipped: Skipped) -> None:
        super().__init__(skipped.reason)
        self.skipped = skipped
