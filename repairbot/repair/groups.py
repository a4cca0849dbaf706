"""Plans become groups of edits that are applied whole or refused whole."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from repairbot.model import Safety
from repairbot.repair.edits.kinds import kind_of
from repairbot.rule import Edit, Plan

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Group:
    """Edits that stand or fall together; `members` are the indexes of the plans they come from."""

    members: tuple[int, ...]
    edits: tuple[Edit, ...]
    safety: Safety
    reason: str | None


def grouped(plans: Sequence[Plan]) -> tuple[Group, ...]:
    """Plans that share an edited definition or construct form one group; equal edits are one edit."""
    alone = [Group((index,), plan.edits, plan.safety, plan.reason) for index, plan in enumerate(plans)]
    return tuple(united(some) for some in clusters(alone, _targets))


def united(groups: Iterable[Group]) -> Group:
    """One group of all edits, which is unsafe when one of them is, for the first such reason."""
    ordered = sorted(groups, key=lambda group: group.members)
    members = tuple(sorted(member for group in ordered for member in group.members))
    edits = tuple(dict.fromkeys(edit for group in ordered for edit in group.edits))
    worst = next((group for group in ordered if group.safety is Safety.UNSAFE), ordered[0])
    return Group(members, edits, worst.safety, worst.reason)


def clusters(items: Sequence[_T], marks: Callable[[_T], Iterable[Hashable]]) -> list[list[_T]]:
    """The items, in order of the first of each cluster; items with a mark in common are in one cluster."""
    leader = list(range(len(items)))

    def lead(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    holder: dict[Hashable, int] = {}
    for index, item in enumerate(items):
        for mark in marks(item):
            first, second = sorted((lead(holder.setdefault(mark, index)), lead(index)))
            leader[second] = first
    found: dict[int, list[_T]] = {}
    for index, item in enumerate(items):
        found.setdefault(lead(index), []).append(item)
    return list(found.values())


def _targets(group: Group) -> Iterable[Hashable]:
    return [kind_of(edit).mark(edit) for edit in group.edits]
