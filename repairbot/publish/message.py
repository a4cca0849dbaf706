"""The title and the commit message: made from what we derived, and from no word of the proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from repairbot.publish.offer import Offer
from repairbot.publish.state import TRAILER

_LISTED = 20
# Anything else could close issues, mention people or skip workflows.
_ODD = re.compile(r"[^A-Za-z0-9_./-]")
_SHORT = 12  # digits of a fingerprint


def title(offer: Offer, groups: frozenset[str]) -> str:
    count = len(offer.entries(groups))
    places = "place" if count == 1 else "places"
    return f"Repair {count} {places}: {offer.slug} ({offer.rule})"


def commit_message(offer: Offer, groups: frozenset[str]) -> str:
    """Subject, places, and trailers with the rule, the base and the fingerprints."""
    places = sorted({place for group in offer.chosen(groups) for place in group.places})
    listed = [f"- {harmless(place)}" for place in places[:_LISTED]]
    if len(places) > _LISTED:
        listed.append(f"- and {len(places) - _LISTED} more")
    marks = " ".join(mark[:_SHORT] for mark in sorted(offer.entries(groups))[:100])
    trailers = (f"{TRAILER} {offer.rule} {offer.slug}", f"Repairbot-Findings: {marks}")
    return "\n".join([title(offer, groups), "", *listed, "", *trailers]) + "\n"


def harmless(place: str) -> str:
    """A path and line that no reader takes for anything else."""
    path, _, line = place.rpartition(":")
    escaped = _ODD.sub(lambda match: "".join(f"%{byte:02X}" for byte in _bytes(match[0])), path)
    return f"{escaped}:{line}"


def _bytes(text: str) -> Sequence[int]:
    return text.encode("utf-8", "surrogateescape")
