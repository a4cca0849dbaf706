"""What entering, iterating or awaiting an object gives."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import attributes, calls, classes, offers
from repairbot.protocols.descriptions import described
from repairbot.protocols.frames import Arguments, Frame
from repairbot.protocols.joining import ELLIPSIS, each, through, union
from repairbot.protocols.scopes import Place
from repairbot.protocols.values import (
    AsyncElements,
    Class,
    Instance,
    Kind,
    Known,
    Nothing,
    Pending,
    Produced,
    Sequence,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def entered(r: Resolver, value: Value, *, is_async: bool) -> Value:
    """What `with value as x` (or `async with`) binds to `x`."""
    return through(value, lambda one: _entered(r, one, is_async))


def _entered(r: Resolver, value: Known | Unknown, is_async: bool) -> Value:
    match value:
        case Unknown():
            return value
        case Produced(kind=Kind.ASYNC_MANAGER) if is_async:
            return yielded(r, value)
        case Produced(kind=Kind.SYNC_MANAGER) if not is_async:
            return yielded(r, value)
        case Instance(cls=cls):
            method = attributes.attribute(r, value, "__aenter__" if is_async else "__enter__")
            result = calls.call(r, method, Arguments(), cls.node, Place(cls.scope))
            return awaited(r, result) if is_async else result
    return Unknown(f"what entering {described(value)} gives is not known", value.evidence)


def iterated(r: Resolver, value: Value, *, is_async: bool, index: int | None = None) -> Value:
    """An element of `for x in value` (or `async for`); `index` is the place of an unpacked part."""
    return through(value, lambda one: _iterated(r, one, is_async, index))


def looped(r: Resolver, value: Value, *, is_async: bool) -> Value:
    """What a loop binds to its target. A loop over a context manager fails; the code inside counts on what it would
    bind once the loop is an `async with`, so that mistakes nested in one another are seen together."""
    if not is_async:
        return iterated(r, value, is_async=False)
    return through(value, lambda one: _looped(r, one))


def _looped(r: Resolver, value: Known | Unknown) -> Value:
    if offers.has(r, value, "__aiter__") is not False or not offers.has(r, value, "__aenter__"):
        return iterated(r, value, is_async=True)
    inside = entered(r, value, is_async=True)
    if any(offers.has(r, one, "__aiter__") for one in alternatives(inside)):
        return Unknown("a loop over a context manager: its elements or what it enters may be meant", value.evidence)
    return inside


def _iterated(r: Resolver, value: Known | Unknown, is_async: bool, index: int | None) -> Value:
    match value:
        case Unknown():
            return value
        case Produced(kind=Kind.ASYNC_GENERATOR) if is_async:
            return yielded(r, value)
        case Produced(kind=Kind.GENERATOR) if not is_async:
            return yielded(r, value)
        case AsyncElements(element=element) if is_async:
            return element
        case Sequence(parts=parts) if not is_async:
            return union(parts)
        case Instance(cls=cls):
            positions = None if is_async else _tuple_parts(r, cls)
            if positions is not None:
                return union(positions) if index is None or index >= len(positions) else positions[index]
            return _through_iterator(r, value, is_async)
    return Unknown(f"the elements of {described(value)} are not known", value.evidence)


def _tuple_parts(r: Resolver, cls: Class) -> tuple[Value, ...] | None:
    """The types of the positions of `tuple[A, B]` or of a class derived from it; one for all of `tuple[A, ...]`."""
    for base in classes.lineage(r, cls):
        if isinstance(base, Class) and base.name == "tuple" and base.scope.file.origin is Origin.STDLIB:
            first, *rest = base.arguments or (Unknown("the parts of this tuple are not written down"),)
            return (first,) if len(rest) == 1 and rest[0] == ELLIPSIS else (first, *rest)
    return None


def _through_iterator(r: Resolver, value: Instance, is_async: bool) -> Value:
    here, step = value.cls.node, Place(value.cls.scope)
    iterator = calls.call(
        r, attributes.attribute(r, value, "__aiter__" if is_async else "__iter__"), Arguments(), here, step
    )

    def element(one: Known | Unknown) -> Value:
        if isinstance(one, Instance):
            result = calls.call(
                r, attributes.attribute(r, one, "__anext__" if is_async else "__next__"), Arguments(), here, step
            )
            return awaited(r, result) if is_async else result
        return _iterated(r, one, is_async, None)

    return each(iterator, element)


def awaited(r: Resolver, value: Value) -> Value:
    """The result of `await value`."""
    return through(value, lambda one: _awaited(r, one))


def _awaited(r: Resolver, value: Known | Unknown) -> Value:
    match value:
        case Unknown():
            return value
        case Pending(result=result):
            return result
        case Produced(kind=Kind.COROUTINE):
            return calls.returned(r, value.function, value.frame)
        case Instance(cls=cls):
            steps = calls.call(r, attributes.attribute(r, value, "__await__"), Arguments(), cls.node, Place(cls.scope))
            return each(steps, lambda one: _generator_result(r, one))
    return Unknown(f"the result of awaiting {described(value)} is not known", value.evidence)


def _generator_result(r: Resolver, value: Known | Unknown) -> Value:
    match value:
        case Pending(result=result):
            return result
        case Instance(cls=Class(name="Generator", arguments=(_, _, result))):
            return result
        case Produced(kind=Kind.GENERATOR):
            return calls.returned(r, value.function, value.frame)
    return Unknown(f"what awaiting through {described(value)} gives is not known", value.evidence)


def yielded(r: Resolver, produced: Produced) -> Value:
    """What the generator function behind an object yields: by its source, else by its annotation."""
    return calls.least(r, produced.function, produced.frame, lambda frame: _yielded(r, produced, frame))


def _yielded(r: Resolver, produced: Produced, frame: Frame | None) -> Value:
    function = produced.function
    scope = function.scope
    found: list[Value] = []
    for statement, node in scope.flow.yields:
        if isinstance(node, ast.YieldFrom):
            found.append(iterated(r, r.value(node.value, Place(scope, statement, frame)), is_async=False))
        elif node.value is None:
            found.append(Nothing())
        else:
            found.append(r.value(node.value, Place(scope, statement, frame)))
    value = union(found) if found else Unknown(f"what `{function.name}` yields is not known", function.evidence)
    if not isinstance(value, Unknown) and not any(isinstance(one, Unknown) for one in found):
        return value
    declared = calls.declared_result(r, function, frame)
    if declared is None:
        return value
    is_async = produced.kind in (Kind.ASYNC_MANAGER, Kind.ASYNC_GENERATOR)
    element = iterated(r, declared, is_async=is_async)
    return value if isinstance(element, Unknown) else element
