"""The smallest line-wise replacements that turn one stretch of a file into another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# A line end is one piece: half of one must never be replaced.
_PIECE = re.compile(r"\r\n|.", re.DOTALL)

Change = tuple[int, int, str]
"""Start and end in the old text, and what stands there in the new one."""


def differences(old: str, new: str) -> Iterator[Change]:
    """Changes in order, none touching another; lines that only moved sideways change only their indentation."""
    waiting: Change | None = None
    for change in _changes(old, new):
        if waiting is not None and waiting[1] == change[0]:
            waiting = waiting[0], change[1], waiting[2] + change[2]
            continue
        if waiting is not None:
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting


def _changes(old: str, new: str) -> Iterator[Change]:
    old_lines, new_lines = _LINE.findall(old), _LINE.findall(new)
    starts = [0, *accumulate(map(len, old_lines))]
    for old_from, old_to, new_from, new_to in _pairs(old_lines, new_lines):
        start = starts[old_from]
        change = _trimmed("".join(old_lines[old_from:old_to]), "".join(new_lines[new_from:new_to]))
        if change is not None:
            yield start + change[0], start + change[1], change[2]


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, [_key(line) for line in old], [_key(line) for line in new], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal" or old_to - old_from == new_to - new_from:
            for step in range(old_to - old_from):
                yield old_from + step, old_from + step + 1, new_from + step, new_from + step + 1
        else:
            yield old_from, old_to, new_from, new_to


def _key(line: str) -> str:
    return line.strip()


def _trimmed(old: str, new: str) -> Change | None:
    """The change without what both begin and end with; None when they are equal."""
    if old == new:
        return None
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start = len("".join(before[:head]))
    end = len(old) - len("".join(before[len(before) - tail :]))
    return start, end, "".join(after[head : len(after) - tail])
