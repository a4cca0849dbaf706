"""Old and new bytes of files become one unified diff that `git apply` takes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_CONTEXT = 3
_ESCAPES = {0x07: b"a", 0x08: b"b", 0x09: b"t", 0x0A: b"n", 0x0B: b"v", 0x0C: b"f", 0x0D: b"r", 0x22: b'"', 0x5C: b"\\"}
_QUOTED = re.compile(rb'[\x00-\x1f\x7f-\xff"\\]')
# git ends lines at line feeds alone, whatever Python thinks of a lone carriage return.
Opcode = tuple[str, int, int, int, int]
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file before and after; `path` is relative to the root, with `/`."""

    path: str
    old: bytes = field(repr=False)
    new: bytes = field(repr=False)


def unified_diff(rewrites: Iterable[Rewrite]) -> bytes:
    """The diff of all files, in the order given; files without a change are left out."""
    return b"".join(piece for rewrite in rewrites for piece in _file_diff(rewrite))


def _file_diff(rewrite: Rewrite) -> Iterator[bytes]:
    if rewrite.old == rewrite.new:
        return
    before, after = (_name(side, rewrite.path) for side in (b"a/", b"b/"))
    # git ends a name with a tab when spaces in it could be taken for the start of a date.
    end = b"\t\n" if b" " in before and not before.startswith(b'"') else b"\n"
    yield b"diff --git " + before + b" " + after + b"\n"
    yield b"--- " + before + end
    yield b"+++ " + after + end
    yield from _hunks(_LINE.findall(rewrite.old), _LINE.findall(rewrite.new))


def _name(side: bytes, path: str) -> bytes:
    name = side + os.fsencode(path)
    if not _QUOTED.search(name):
        return name
    return b'"' + _QUOTED.sub(_escaped, name) + b'"'


def _escaped(match: re.Match[bytes]) -> bytes:
    byte = match[0][0]
    return b"\\" + _ESCAPES.get(byte, b"%03o" % byte)


def _hunks(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    for group in _Anchored(old, new).get_grouped_opcodes(_CONTEXT):
        (_, old_from, _, new_from, _), (_, _, old_to, _, new_to) = group[0], group[-1]
        yield b"@@ -%s +%s @@\n" % (_span(old_from, old_to), _span(new_from, new_to))
        for tag, first, last, new_first, new_last in group:
            if tag == "equal":
                yield from (_line(b" ", line) for line in old[first:last])
                continue
            yield from (_line(b"-", line) for line in old[first:last])
            yield from (_line(b"+", line) for line in new[new_first:new_last])


class _Anchored(SequenceMatcher[bytes]):
    """Compares only what lies between the common start and the common end.

    That is faster, and keeps each change away from lines that are the same: among repeated lines it could otherwise
    move to where a hunk has too little context behind it, which git takes for the end of the file.
    """

    def __init__(self, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        self._start = _common(old, new)
        self._end = _common(old[self._start :][::-1], new[self._start :][::-1])
        self._whole = (len(old), len(new))
        before, after = (side[self._start : len(side) - self._end] for side in (old, new))
        super().__init__(None, before, after, autojunk=False)

    def get_opcodes(self) -> list[Opcode]:  # type: ignore[override]
        start, end, (last, new_last) = self._start, self._end, self._whole
        found: list[Opcode] = [("equal", 0, start, 0, start)] if start else []
        found += [(tag, a + start, b + start, c + start, d + start) for tag, a, b, c, d in super().get_opcodes()]
        return found + ([("equal", last - end, last, new_last - end, new_last)] if end else [])


def _common(old: Sequence[bytes], new: Sequence[bytes]) -> int:
    pairs = zip(old, new, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _span(start: int, stop: int) -> bytes:
    count = stop - start
    first = start + (1 if count else 0)
    return b"%d" % first if count == 1 else b"%d,%d" % (first, count)


def _line(sign: bytes, line: bytes) -> bytes:
    return sign + line if line.endswith(b"\n") else sign + line + b"\n\\ No newline at end of file\n"
