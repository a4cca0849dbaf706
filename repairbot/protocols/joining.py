"""Several values as one, and what is done to each alternative of a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from repairbot.model import Evidence
from repairbot.protocols.values import Known, Nothing, Union, Unknown, Value, alternatives

ELLIPSIS = Unknown("`...` among type arguments")
# A type argument that was left open: it may be whatever the bound of the variable lets it be.
UNTOLD = Unknown("a type argument that is left open")
CYCLE = Unknown("its value depends on itself")


def union(values: Iterable[Value]) -> Value:
    """One value for several: equal ones count once, none at all is Unknown."""
    flat = tuple(dict.fromkeys(one for value in values for one in alternatives(value)))
    if len(flat) > 1:
        # What depends on itself adds nothing to what the other paths bring.
        flat = tuple(one for one in flat if one != CYCLE)
    match flat:
        case ():
            return Unknown("no object reaches this place")
        case (only,):
            return only
    return Union(flat)


V = TypeVar("V", bound=Value)


def noted(value: V, *links: Evidence) -> V:
    """The value with links put before its chain: they are met first on the way from the expression."""
    if isinstance(value, Union):
        return Union(tuple(noted(one, *links) for one in value.alternatives))  # type: ignore[return-value]  # V is Union here
    if not links:
        return value
    known = set(value.evidence)
    fresh = tuple(link for link in links if link not in known)
    return replace(value, evidence=fresh + value.evidence) if fresh else value


def each(value: Value, what: Callable[[Known | Unknown], Value]) -> Value:
    """Apply to every alternative."""
    if isinstance(value, Union):
        return union(what(one) for one in value.alternatives)
    return what(value)


def through(value: Value, what: Callable[[Known | Unknown], Value]) -> Value:
    """Apply to every alternative; the chain to each is put before that of what comes of it.

    What is applied sees no chain: its answer may be kept, and be given to others who came another way.
    """
    return each(value, lambda one: noted(what(replace(one, evidence=())), *one.evidence))


def without_nothing(value: Value) -> Value:
    """The alternatives that are not None: on None the use at hand fails before anything else can."""
    kept = [one for one in alternatives(value) if not isinstance(one, Nothing)]
    return union(kept) if kept else value
