"""The life of each rule's pull request: look, decide, carry out, and look again when somebody was faster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from repairbot.errors import RepairbotError
from repairbot.git.push import Overtaken, PushUnsure
from repairbot.github.values import Pull, Rejected, Unsure
from repairbot.publish import explaining, reading
from repairbot.publish.candidate import Offer, Wishes
from repairbot.publish.decide import decide
from repairbot.publish.execute import Carrier, Means

Tell = Callable[[str], None]

_ROUNDS = 6
_REST = 1.0  # seconds, longer with each round


class GaveUp(RepairbotError):
    """GitHub did not come to rest: the next run takes it up where this one left it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of one rule. `failures` are what could not be done besides."""

    offer: Offer
    outcome: str
    pull: Pull | None
    notes: tuple[str, ...]
    failures: tuple[str, ...]


def publish(
    means: Means, offers: Iterable[Offer], wishes: Wishes, sleep: Callable[[float], None] = time.sleep
) -> tuple[Published, ...]:
    """All rules in turn. Raises GaveUp, NotPublished."""
    done: list[Published] = []
    for offer in offers:
        created = sum(one.outcome == "created" for one in done)
        left = replace(wishes, max_new=wishes.max_new - created)
        done.append(_settled(means, offer, left, sleep))
    return tuple(done)


def _settled(means: Means, offer: Offer, wishes: Wishes, sleep: Callable[[float], None]) -> Published:
    for round_number in range(1, _ROUNDS + 1):
        try:
            return _once(means, offer, wishes)
        except (Overtaken, PushUnsure, Unsure) as trouble:
            if round_number == _ROUNDS:
                raise GaveUp(f"{offer.branch}: {trouble}; publish the proposal again later") from None
            means.tell(f"{trouble}; looking again")
            sleep(_REST * round_number)
    raise AssertionError  # the last round returns or raises


def _once(means: Means, offer: Offer, wishes: Wishes) -> Published:
    try:
        state = reading.read(means.hub, means.place, offer)
    except Rejected as rejected:
        place = means.place
        raise explaining.of_call(rejected, means.server, place.repository, offer.base, offer.branch) from None
    decision = decide(state, offer, wishes)
    carried = Carrier(means, offer, state, decision).carry_out()
    return Published(offer, decision.outcome, carried.pull, decision.notes, tuple(carried.failures))
