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
    """The same for several needs, in their order, with one pass over all files, which tells the snapshot of the words.

    A file that cannot be read any more is a candidate: parsing it says what became of it.
    """
    holders: dict[bytes, list[str]] = {word: [] for need in needs for word in need.words}
    found: list[list[str]] = [[] for _ in needs]
    tests = [(need.words, _without_boundary(need.pattern), hits) for need, hits in zip(needs, found, strict=True)]
    for path in snapshot.paths:
        is_chosen = path in snapshot.chosen
        try:
            data = snapshot.tree.read(path)
        except OSError:
            for hits in found if is_chosen else ():
                hits.append(path)
            continue
        held = {word for word in holders if data.find(word) >= 0}
        for word in held:
            holders[word].append(path)
        for words, pattern, hits in tests if is_chosen else ():
            if held.issuperset(words) and pattern.search(data):
                hits.append(path)
    snapshot.learn({word: tuple(paths) for word, paths in holders.items()})
    return found


def _without_boundary(pattern: re.Pattern[bytes]) -> re.Pattern[bytes]:
    # A leading \b makes `re` try every position instead of looking for the literal after it: ten times slower. Without
    # it there are a few more candidates, which parsing sorts out.
    return re.compile(pattern.pattern.removeprefix(rb"\b"), pattern.flags)
