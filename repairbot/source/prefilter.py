"""Which files may hold a rule's sites, from their bytes alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from repairbot.source.snapshot import Snapshot


def candidates(snapshot: Snapshot, words: Sequence[bytes], pattern: re.Pattern[bytes]) -> list[str]:
    """Chosen paths whose bytes hold all the words and match the pattern, sorted."""
    holders = snapshot.containing_any(words)
    hits = set(snapshot.chosen).intersection(*(holders[word] for word in words))
    return [path for path in sorted(hits) if _matches(snapshot, path, pattern)]


def _matches(snapshot: Snapshot, path: str, pattern: re.Pattern[bytes]) -> bool:
    try:
        return pattern.search(snapshot.read(path)) is not None
    except OSError:
        return True  # it was readable a moment ago: parsing says what became of it
