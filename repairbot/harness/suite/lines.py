"""Where lines of a file stand after a change: both versions and line numbers in, line numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from repairbot.repair.diff import Rewrite


def after(rewrite: Rewrite, lines: Iterable[int]) -> frozenset[int]:
    """The lines of the new version that took the place of some of the old one; both count from 1."""
    blocks = _blocks(rewrite)
    return frozenset(new for line in lines for new in _moved(blocks, line))


def changed(rewrite: Rewrite) -> tuple[frozenset[int], frozenset[int]]:
    """The lines that differ, on either side."""
    blocks = [block for block in _blocks(rewrite) if block[0] != "equal"]
    old = frozenset(line + 1 for _, first, last, _, _ in blocks for line in range(first, last))
    new = frozenset(line + 1 for _, _, _, first, last in blocks for line in range(first, last))
    return old, new


def _blocks(rewrite: Rewrite) -> Sequence[tuple[str, int, int, int, int]]:
    old, new = (side.splitlines(keepends=True) for side in (rewrite.old, rewrite.new))
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _moved(blocks: Iterable[tuple[str, int, int, int, int]], line: int) -> Iterable[int]:
    for tag, first, last, new_first, new_last in blocks:
        if first < line <= last:
            there = new_first + line - first
            # A longer or shorter block says nothing about single lines: then it stands for all of them.
            exact = tag == "equal" or (last - first == new_last - new_first)
            return (there,) if exact else range(new_first + 1, new_last + 1)
    return ()
