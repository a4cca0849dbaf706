"""Subclasses inside the target that give an attribute another meaning than the class that was resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repairbot.protocols import attributes, calls, classes, offers, results, setters, subclasses
from repairbot.protocols.frames import Arguments
from repairbot.protocols.links import link
from repairbot.protocols.scopes import Place
from repairbot.protocols.values import (
    Class,
    Function,
    Instance,
    Kind,
    Known,
    Partial,
    Produced,
    Supplier,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def contradiction(r: Resolver, cls: Class, name: str) -> Unknown | None:
    """Unknown when a subclass of `cls` in the target makes something of another kind of attribute `name`."""
    for below in r.below(cls):
        if (found := _differs(r, cls, below, name)) is not None:
            return found
    return subclasses.unseen(r, cls)


def _differs(r: Resolver, cls: Class, below: Class, name: str) -> Unknown | None:
    if not _may_differ(r, cls, below, name):
        return None
    before = attributes.attribute(r, Instance(cls), name)
    after = attributes.attribute(r, Instance(below), name)
    place = Place(below.scope)
    if name in _ASKED:
        same = offers.has(r, Instance(cls), name) is offers.has(r, Instance(below), name) is not None
    else:
        same = _kinds(r, after, place) <= _kinds(r, before, place)
    if same:
        return None
    reason = f"`{below.name}`, a subclass of `{cls.name}`, has another `{name}`"
    return Unknown(reason, (link(below.scope, below.node, reason),))


def _may_differ(r: Resolver, cls: Class, below: Class, name: str) -> bool:
    """Whether anything but the class itself and its bases can give objects of the subclass the attribute."""
    known = {one.scope for one in classes.lineage(r.literal, cls) if isinstance(one, Class)}
    for base in classes.lineage(r.literal, below):
        if isinstance(base, Class) and base.scope is cls.scope:
            # What stands behind the class only counts for what neither it nor its own bases have.
            return _lacks(r, cls, name) and _behind(r, cls, below, name)
        if isinstance(base, Unknown):
            return True
        if base.scope not in known and (name in base.scope.flow.every or name in r.assigned(base.scope)):
            return True
        if base.scope not in known and setters.on_class(r, base, name, exact=True):
            return True
    return True


def _lacks(r: Resolver, cls: Class, name: str) -> bool:
    return not any(
        isinstance(one, Class) and (name in one.scope.flow.after or name in r.assigned(one.scope))
        for one in classes.lineage(r.literal, cls)
    )


def _behind(r: Resolver, cls: Class, below: Class, name: str) -> bool:
    known = {one.scope for one in classes.lineage(r.literal, cls) if isinstance(one, Class)}
    return any(
        isinstance(base, Unknown) or (base.scope not in known and name in base.scope.flow.after)
        for base in classes.lineage(r.literal, below)
    )


def _kinds(r: Resolver, value: Value, place: Place) -> frozenset[object]:
    """What the objects, their calls and the results of awaiting those can do: all that a construct may depend on."""
    return frozenset(_kind(r, one, place) for one in alternatives(value))


def _kind(r: Resolver, value: Known | Unknown, place: Place) -> object:
    match value:
        case Function() | Wrapped() | Partial() | Supplier() | Class():
            called = calls.call(r, value, Arguments(complete=False), place.scope.node, place)
            return "callable", frozenset(_protocols(r, one) for one in alternatives(called))
    return _protocols(r, value)


def _protocols(r: Resolver, value: Known | Unknown) -> object:
    match value:
        case Unknown():
            return object()  # equal to nothing: what is not known may differ
        case Produced(kind=Kind.COROUTINE):
            awaited = results.awaited(r, value)
            return "coroutine", frozenset(_protocols(r, one) for one in alternatives(awaited))
    answers = tuple(offers.has(r, value, dunder) for dunder in _ASKED)
    return object() if None in answers else answers


_ASKED = ("__aiter__", "__aenter__")
