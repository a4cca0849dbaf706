"""The ways of iterating what was entered: itself, by a documented method, or by a method of the project's own class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from repairbot.model import Origin
from repairbot.protocols.joining import union
from repairbot.protocols.objects import ObjectFacts
from repairbot.protocols.values import Known, Sequence, Unknown, Value, alternatives
from repairbot.repair.answers import Named, present
from repairbot.repair.ways import WayRow, rows


@dataclass(frozen=True, slots=True)
class Way:
    """One way of iterating an object.

    `after` is what is written behind the object's name. `is_usable` is False for a way that no fix may take: that its
    method needs no arguments, or is the one that is meant, is not known.
    """

    after: str
    element: Value | Named
    pieces: str = "items"
    is_async: bool = True
    is_usable: bool = True
    is_documented: bool = False
    is_bare: bool = False
    doubt: str | None = None


def ways(objects: ObjectFacts, entered: Value) -> tuple[Way, ...]:
    """Return every way of iterating whatever was entered; usable are those that all that it can be have in common."""
    found = [tuple(_ways(objects, one)) for one in present(entered)]
    together: dict[tuple[str, bool], list[Way]] = {}
    for way in (way for some in found for way in some):
        together.setdefault((way.after, way.is_async), []).append(way)
    return tuple(_merged(some, everywhere=len(some) == len(found)) for some in together.values())


def _merged(some: list[Way], *, everywhere: bool) -> Way:
    """One way of several objects; its elements are those of any of them."""
    first, *others = some
    if not others:
        return replace(first, is_usable=first.is_usable and everywhere)
    return replace(
        first,
        element=_either([way.element for way in some]),
        pieces=first.pieces if len({way.pieces for way in some}) == 1 else "chunks",
        is_usable=everywhere and all(way.is_usable for way in some),
        doubt=next((way.doubt for way in some if way.doubt), None),
    )


def _either(elements: list[Value | Named]) -> Value | Named:
    values = [one for one in elements if not isinstance(one, Named)]
    if len(values) == len(elements):
        return union(values)
    return Unknown("the elements are of several kinds")


def may_iterate(objects: ObjectFacts, value: Known | Unknown) -> bool:
    """Whether the object itself may be iterable for all that is known."""
    return objects.has(value, "__aiter__") is None or objects.has(value, "__iter__") is None


def _ways(objects: ObjectFacts, value: Known | Unknown) -> Iterator[Way]:
    row = next((rows()[key] for key in objects.classes_of(value) if key in rows()), None)
    listed = row.ways if row else ()
    itself = next((way for way in listed if not way.after), None)
    if objects.has(value, "__aiter__"):
        yield _documented(objects, value, itself) if itself else Way("", objects.iterated(value, is_async=True))
    elif isinstance(value, Sequence) or objects.has(value, "__iter__"):
        yield Way("", objects.iterated(value, is_async=False), is_async=False)
    for way in listed:
        if way.after:
            yield _documented(objects, value, way)
    if row is None:
        yield from _of_methods(objects, value)


def _documented(objects: ObjectFacts, value: Known | Unknown, way: WayRow) -> Way:
    if way.element_names is not None:
        element: Value | Named = Named(way.element_names)
    else:
        element = objects.built_in(way.elements or "object", value)
    return Way(way.after, element, way.pieces, is_documented=True, is_bare=way.bare, doubt=way.doubt)


def _of_methods(objects: ObjectFacts, value: Known | Unknown) -> Iterator[Way]:
    """Methods and attributes that give an async iterable; one is usable when the project's class has only that."""
    own = list(_giving(objects, value, Origin.SOURCE))
    for way in own:
        yield way if len(own) == 1 else replace(way, is_usable=False)
    for origin in (Origin.STUB, Origin.ENVIRONMENT, Origin.STDLIB):
        for way in _giving(objects, value, origin):
            yield replace(way, is_usable=False)


def _giving(objects: ObjectFacts, value: Known | Unknown, origin: Origin) -> Iterator[Way]:
    for name in objects.members(value, origin):
        held = objects.attribute(value, name)
        if _iterates(objects, held):
            yield Way(f".{name}", objects.iterated(held, is_async=True))
            continue
        if any(objects.has(one, "__call__") is not True for one in alternatives(held)):
            continue
        given = objects.called(held)
        if _iterates(objects, given):
            alone = objects.is_callable_alone(held)
            yield Way(f".{name}()", objects.iterated(given, is_async=True), is_usable=alone)


def _iterates(objects: ObjectFacts, value: Value) -> bool:
    return all(objects.has(one, "__aiter__") is True for one in alternatives(value))
