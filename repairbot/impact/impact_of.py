"""What each finding means for whom: the scan's answers and the history in, one Impact for each finding out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from repairbot.config.journeys import JourneyPlan
from repairbot.evidence.impact import Impact, Owner
from repairbot.history.origin import Places, histories
from repairbot.impact.call_paths import Reaching
from repairbot.impact.callers import Index
from repairbot.impact.entry_points import Roots
from repairbot.impact.journeys import check, named_by, owner
from repairbot.impact.scripts import Scripts
from repairbot.impact.severity import severity
from repairbot.model import Finding
from repairbot.protocols.node_path import Spot, spot_at
from repairbot.protocols.scopes import Scope
from repairbot.scan.queries import Inquiry

_SHARE_OF_REACH = 0.6  # of the time; the rest is for history


def assess(
    inquiry: Inquiry,
    findings: Sequence[Finding],
    history: Path | None,
    commit: str | None,
    *,
    seconds: float = 60.0,
    authors: bool = False,
    journeys: Sequence[JourneyPlan] = (),
) -> dict[str, Impact]:
    """The impact of each finding by its fingerprint.

    `history` is a bare repository of ours that holds `commit`, the state that the findings are of. Both parts end in
    about `seconds` and say what they had to leave out. Entry points that `journeys` name are listed first. Raises
    UsageError where those name what is not there; `check_journeys` tells so earlier.
    """
    check(journeys, inquiry.snapshot)
    started = time.monotonic()
    spots = {one.fingerprint: spot for one in findings if (spot := _spot(inquiry, one)) is not None}
    deadline = started + seconds * _SHARE_OF_REACH
    index = Index(inquiry.resolver, inquiry.snapshot, deadline)
    reaching = Reaching(index, Roots(inquiry.resolver, Scripts(inquiry.snapshot.tree)), deadline)
    searches = dict(zip(spots, reaching.searched(list(spots.values())), strict=True))
    places = [Places(one, spots.get(one.fingerprint)) for one in findings]
    since = histories(inquiry, places, history, commit, deadline=started + seconds, authors=authors)
    preferred = named_by(journeys)
    return {
        one.fingerprint: Impact(
            reach=searches[one.fingerprint].reach(preferred) if one.fingerprint in searches else None,
            severity=severity(spots[one.fingerprint], searches[one.fingerprint].ways)
            if one.fingerprint in searches
            else None,
            history=since.get(one.fingerprint),
        )
        for one in findings
    }


def _spot(inquiry: Inquiry, finding: Finding) -> Spot | None:
    module = inquiry.resolver.module(inquiry.snapshot.file(finding.path))
    return spot_at(module, finding.region) if isinstance(module, Scope) else None


def check_journeys(journeys: Sequence[JourneyPlan], inquiry: Inquiry) -> None:
    """That everything the journeys name is in the target. Raises UsageError."""
    check(journeys, inquiry.snapshot)


def owner_of(
    journeys: Sequence[JourneyPlan], findings: Sequence[Finding], impacts: Mapping[str, Impact]
) -> Owner | None:
    """What the findings mean for the journeys of the target's configuration; None without any."""
    return owner(journeys, findings, impacts)
