"""Reads one rule's branch and pull requests from GitHub into a State."""

from __future__ import annotations

from dataclasses import dataclass

from repairbot.github.client import GitHub
from repairbot.github.values import Unsure
from repairbot.publish.branch import PREFIX
from repairbot.publish.candidate import Offer
from repairbot.publish.state import Branch, State


@dataclass(frozen=True, slots=True)
class Place:
    """Where pull requests are opened, and where their branches live: the same repository, or our fork of it."""

    repository: str
    head: str

    @property
    def forked(self) -> bool:
        return self.head != self.repository

    def head_of(self, branch: str) -> str:
        """As GitHub wants it when it looks for pull requests or opens one."""
        return f"{self.head.partition('/')[0]}:{branch}"


def read(hub: GitHub, place: Place, offer: Offer) -> State:
    """Raises Unsure when the branch moved while it was looked at."""
    pulls = hub.pulls(place.repository, offer.base, place.head_of(offer.branch))
    head = hub.branch(place.head, offer.branch)
    branch = _branch(hub, place, offer, head) if head is not None else None
    may_create = bool(offer.groups) and not any(pull.state == "open" for pull in pulls)
    return State(branch, pulls, hub.open_pulls(place.repository, PREFIX) if may_create else 0)


def _branch(hub: GitHub, place: Place, offer: Offer, head: str) -> Branch:
    named = place.head_of(offer.branch) if place.forked else head
    compared = hub.comparison(place.repository, offer.base_commit, named)
    if compared is None or (compared.commits and compared.whole and compared.commits[-1].id != head):
        raise Unsure(f"{offer.branch} moved while it was looked at")
    return Branch(head, compared.commits, compared.files, compared.whole)
