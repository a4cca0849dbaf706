"""Which files may hold a rule's sites, from their bytes alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.source.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Need:
    """What a file must hold to be worth parsing: all the words, and a match of the pattern."""

    words: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


def candidates(snapshot: Snapshot, words: Sequence[bytes], pattern: re.Pattern[bytes]) -> list[str]:
    """Chosen paths whose bytes hold all the words and match the pattern, sorted."""
    return candidates_of(snapshot, [Need(tuple(words), pattern)])[0]


def candidates_of(snapshot: Snapshot, needs: Sequence[Need]) -> list[list[str]]:
    """The same for several needs, in their order, with one pass over the files.

    A file that cannot be read any more is a candidate: parsing it says what became of it.
    """
    found: list[list[str]] = [[] for _ in needs]
    tests = [(need.words, _without_boundary(need.pattern), hits) for need, hits in zip(needs, found, strict=True)]
    for path in sorted(snapshot.chosen):
        try:
            data = snapshot.tree.read(path)
        except OSError:
            data = None
        for words, pattern, hits in tests:
            if data is None or (all(data.find(word) >= 0 for word in words) and pattern.search(data)):
                hits.append(path)
    return found


def _without_boundary(pattern: re.Pattern[bytes]) -> re.Pattern[bytes]:
    # A leading \b makes `re` try every position instead of looking for the literal after it: ten times slower. Without
    # it there are a few more candidates, which parsing sorts out.
    return re.compile(pattern.pattern.removeprefix(rb"\b"), pattern.flags)
