"""The trailers of our commits: which rule and which findings, for machines and for whoever asks what we made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from repairbot.publish.candidate import Offer
from repairbot.publish.state import TRAILER

_LISTED = 100
_SHORT = 12  # digits of a fingerprint
# Anything else could close issues, mention people or skip workflows.
_ODD = re.compile(r"[^A-Za-z0-9_./-]")


def signed(message: str, offer: Offer, groups: frozenset[str]) -> str:
    """A commit message with our trailers."""
    marks = " ".join(mark[:_SHORT] for mark in sorted(offer.entries(groups))[:_LISTED])
    trailers = (f"{TRAILER} {offer.rule} {offer.slug}", f"Repairbot-Findings: {marks}")
    return "\n".join([message.strip("\n"), "", *trailers]) + "\n"


def harmless(place: str) -> str:
    """A path and line that no reader takes for anything else."""
    path, _, line = place.rpartition(":")
    escaped = _ODD.sub(lambda match: "".join(f"%{byte:02X}" for byte in _bytes(match[0])), path)
    return f"{escaped}:{line}"


def _bytes(text: str) -> Sequence[int]:
    return text.encode("utf-8", "surrogateescape")
