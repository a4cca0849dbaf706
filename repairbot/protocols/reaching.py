"""What a name is bound to at each moment of one walk through a scope, and how paths that meet join."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from repairbot.protocols.bindings import Binding, Opaque

Block = ast.With | ast.AsyncWith
Swallows = Callable[[Block], bool]

UNBOUND = Opaque("", ast.Pass(), "unbound")
# More bindings of one name than this at one place are not told apart: else the cost would grow with their square.
MOST_BINDINGS = 100
CROWDED = Opaque("", ast.Pass(), "more assignments than are followed")


class Merge:
    """One of several bindings, by the path taken; with a `block` only if that swallows an exception of its body."""

    __slots__ = ("block", "flat", "parts")

    def __init__(self, parts: Iterable[State], block: Block | None = None) -> None:
        self.parts = list(parts)
        self.block = block
        self.flat: tuple[Binding, ...] | None = None


State = Binding | Merge


class Exit(NamedTuple):
    """A moment from which a path goes on; with a `block` only if that swallows exceptions."""

    time: int
    block: Block | None = None


class History:
    """Every change of a name's binding in the order of the walk: a time is the number of changes before it.

    A walk that turns back to take another path appends changes, too, so each moment can be asked for later, and a
    path costs what it changes instead of a copy of all names.
    """

    def __init__(self) -> None:
        self._trail: list[str] = []
        self._times: dict[str, list[int]] = {}
        self._states: dict[str, list[State]] = {}
        self._members: dict[str, list[str]] = {}

    @property
    def now(self) -> int:
        return len(self._trail)

    def names(self) -> Iterable[str]:
        return self._states

    def bind(self, name: str, binding: Binding) -> None:
        """A new object behind `x` has other attributes than the old one: what was known of `x.y` is void."""
        self.set(name, binding)
        for member in self.members(name):
            if self.current(member) is not UNBOUND:
                self.set(member, UNBOUND)

    def members(self, name: str) -> Sequence[str]:
        """The attributes of a name that were bound so far, such as `x.y` of `x`."""
        return self._members.get(name, ())

    def set(self, name: str, state: State) -> None:
        if name not in self._states:
            owner = name
            while (dot := owner.rfind(".")) > 0:
                owner = owner[:dot]
                self._members.setdefault(owner, []).append(name)
        self._times.setdefault(name, []).append(len(self._trail))
        self._states.setdefault(name, []).append(state)
        self._trail.append(name)

    def current(self, name: str) -> State:
        states = self._states.get(name)
        return states[-1] if states else UNBOUND

    def at(self, name: str, time: int, floor: int = 0) -> State | None:
        """The state of a name at a time; None when nothing bound it between `floor` and then."""
        times = self._times.get(name)
        place = bisect_left(times, time) - 1 if times else -1
        return self._states[name][place] if times and place >= 0 and times[place] >= floor else None

    def changed(self, start: int) -> list[str]:
        """The names whose binding changed since a time."""
        return list(dict.fromkeys(self._trail[start:]))

    def join(self, start: int, exits: Sequence[Exit]) -> None:
        """Go on from some moments since `start`, whichever of them the program came by."""
        now = self.now
        if start == now or (len(exits) == 1 and exits[0].time == now and exits[0].block is None):
            return
        for name in self.changed(start):
            self._become(name, self.states_at(name, start, exits))

    def spread(self, start: int, end: int | None = None) -> None:
        """Go on from any moment between two times, as the handler of an exception does."""
        for name in self.changed(start):
            self._become(name, self.states_between(name, start, self.now if end is None else end))

    def states_at(self, name: str, start: int, exits: Sequence[Exit]) -> list[State]:
        """What a name can be at some moments, none of them before `start`."""
        times, states = self._times[name], self._states[name]
        first = bisect_left(times, start)
        if len(exits) <= len(times) - first:
            return [self._state_at(name, one) for one in exits]
        found = [self._state_at(name, one) for one in exits if one.block is not None]
        plain = sorted({one.time for one in exits if one.block is None})
        ends = [*times[first:], self.now]
        for place, (begins, until) in enumerate(zip([start - 1, *ends], ends, strict=False), first - 1):
            at = bisect_left(plain, begins + 1)
            if at < len(plain) and plain[at] <= until:
                found.append(states[place] if place >= 0 else UNBOUND)
        return found

    def _state_at(self, name: str, one: Exit) -> State:
        state = self.at(name, one.time) or UNBOUND
        return state if one.block is None else Merge([state], one.block)

    def states_between(self, name: str, start: int, end: int) -> list[State]:
        """All that a name was from one time to another."""
        times = self._times[name]
        first, last = bisect_left(times, start), bisect_left(times, end)
        return [self.at(name, start) or UNBOUND, *self._states[name][first:last]]

    def _become(self, name: str, states: list[State]) -> None:
        state = merged(states)
        if state is not self.current(name):
            self.set(name, state)


def merged(states: Iterable[State]) -> State:
    """One state for several; none at all, on a path that nothing takes, is one without bindings."""
    different = list(dict.fromkeys(states))
    return different[0] if len(different) == 1 else Merge(different)


def flattened(state: State, swallows: Swallows) -> tuple[Binding, ...]:
    """The bindings that a state can be, UNBOUND among them where a path binds none."""
    if not isinstance(state, Merge):
        return (state,)
    if state.flat is not None:
        return state.flat
    found: dict[Binding, None] = {}
    guarded = False
    seen: set[Merge] = set()
    pending: list[State] = [state]
    while pending:
        one = pending.pop()
        if not isinstance(one, Merge):
            found[one] = None
        elif one.flat is not None:
            found.update(dict.fromkeys(one.flat))
        elif one not in seen:
            seen.add(one)
            guarded = guarded or one.block is not None
            if one.block is None or swallows(one.block):
                pending.extend(reversed(one.parts))
        if len(found) > MOST_BINDINGS or CROWDED in found:
            found = {CROWDED: None}
            break
    result = tuple(found)
    if not guarded:
        state.flat = result
    return result
