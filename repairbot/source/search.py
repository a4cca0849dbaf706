"""Which source files hold a word: one pass over the bytes of all files, remembered per word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from repairbot.source.tree import Tree


def search(tree: Tree, paths: Iterable[str], words: Sequence[bytes]) -> Mapping[bytes, tuple[str, ...]]:
    """For each word the paths whose bytes contain it, in the order given. An unreadable file contains nothing."""
    hits: dict[bytes, list[str]] = {word: [] for word in words}
    pairs = list(hits.items())
    for path in paths:
        try:
            data = tree.read(path)
        except OSError:
            continue
        for word, found in pairs:
            if data.find(word) >= 0:
                found.append(path)
    return {word: tuple(found) for word, found in pairs}
