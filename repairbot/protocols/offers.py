"""What an object can do: which protocols it has, and what entering, iterating or awaiting it gives."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import attributes, calls, classes
from repairbot.protocols.scopes import Place
from repairbot.protocols.values import (
    ELLIPSIS,
    Applied,
    Arguments,
    AsyncElements,
    Class,
    Frame,
    Function,
    Instance,
    Kind,
    Known,
    Module,
    Nothing,
    Partial,
    Pending,
    Produced,
    Sequence,
    Special,
    Super,
    Supplier,
    TypeForm,
    TypeVariable,
    Union,
    Unknown,
    Value,
    Wrapped,
    alternatives,
    each,
    union,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

# What the objects that calls make have (types module and contextlib of CPython, the same from 3.9 to 3.14).
_PRODUCED = {
    Kind.ASYNC_MANAGER: {"__aenter__", "__aexit__", "__call__"},
    Kind.SYNC_MANAGER: {"__enter__", "__exit__", "__call__"},
    Kind.ASYNC_GENERATOR: {"__aiter__", "__anext__"},
    Kind.GENERATOR: {"__iter__", "__next__"},
    Kind.COROUTINE: {"__await__"},
}


_METHODS = {
    Kind.ASYNC_MANAGER: {"gen", "args", "kwds", "func"},
    Kind.SYNC_MANAGER: {"gen", "args", "kwds", "func"},
    Kind.ASYNC_GENERATOR: {
        "aclose",
        "asend",
        "athrow",
        "ag_await",
        "ag_code",
        "ag_frame",
        "ag_running",
        "ag_suspended",
    },
    Kind.GENERATOR: {"close", "send", "throw", "gi_code", "gi_frame", "gi_running", "gi_suspended", "gi_yieldfrom"},
    Kind.COROUTINE: {
        "close",
        "send",
        "throw",
        "cr_await",
        "cr_code",
        "cr_frame",
        "cr_origin",
        "cr_running",
        "cr_suspended",
    },
}


def has(r: Resolver, value: Known | Unknown, dunder: str) -> bool | None:
    """Whether the object's type has a special method; None when that cannot be told."""
    match value:
        case Unknown() | Special() | Applied() | TypeForm() | TypeVariable() | Super():
            return None
        case Produced(kind=kind):
            return dunder in _PRODUCED[kind]
        case AsyncElements():
            return dunder in ("__aiter__", "__anext__")
        case Pending():
            return True if dunder == "__await__" else None
        case Instance():
            return _instance_has(r, value, dunder)
        case Sequence(cls=cls):
            return has(r, cls, dunder) if isinstance(cls, Instance) else None
        case Class():
            return _class_has(r, value)
        case Function() | Wrapped() | Partial() | Supplier():
            return dunder in ("__call__", "__get__")
    return False


def _instance_has(r: Resolver, value: Instance, dunder: str) -> bool | None:
    lineage = classes.lineage(r, value.cls)
    for base in lineage:
        if isinstance(base, Class) and (body := classes.body_value(r, base, dunder)) is not None:
            return not isinstance(body, Nothing)
        if isinstance(base, Unknown):
            return None
    for base in lineage:
        # Special methods are not looked up through `__getattr__`, but such classes stand in for others and are
        # filled in at run time more often than not.
        # In our own stubs it only says that not every attribute is listed; special methods always are.
        if (
            isinstance(base, Class)
            and "__getattr__" in base.scope.flow.after
            and base.scope.file.origin is not Origin.STUB
        ):
            return None
    if not value.exact:
        r.assume(value.cls, dunder)
    return False


def _class_has(r: Resolver, cls: Class) -> bool | None:
    """Special methods of a class object come from its metaclass."""
    for base in classes.lineage(r, cls):
        if isinstance(base, Unknown) or any(keyword.arg in ("metaclass", None) for keyword in base.node.keywords):
            return None
    return False


def unknown_reason(r: Resolver, value: Known | Unknown) -> Unknown:
    """Why `has` could not tell."""
    match value:
        case Unknown():
            return value
        case Instance(cls=cls):
            for base in classes.lineage(r, cls):
                if isinstance(base, Unknown):
                    return Unknown(
                        f"`{cls.name}` has a base that could not be resolved: {base.reason}",
                        value.evidence + base.evidence,
                    )
            return Unknown(f"`{cls.name}` answers to any attribute by `__getattr__`", value.evidence)
    return Unknown(f"what {described(value)} can do is not known", value.evidence)


def described(value: Known | Unknown) -> str:
    """The object in words: its type as the interpreter's error message names it."""
    match value:
        case Unknown(reason=reason):
            return f"an unknown object ({reason})"
        case Instance(cls=cls):
            return f"an object of class `{cls.name}`"
        case Produced(kind=kind):
            return f"`{kind.value}`"
        case Class():
            return f"the class `{value.name}`"
        case Nothing():
            return "`None`"
        case Function(name=name):
            return f"the function `{name}`"
        case Wrapped(inner=inner):
            return described(inner) if not isinstance(inner, Union) else "a decorated function"
        case AsyncElements():
            return "an async generator expression"
        case Module(file=file):
            return f"the module `{file.name}`"
        case Supplier() | Partial():
            return "a callable"
        case Pending():
            return "an awaitable"
        case Sequence():
            return "a sequence"
    return f"`{getattr(value, 'name', type(value).__name__)}`"


def entered(r: Resolver, value: Value, *, is_async: bool) -> Value:
    """What `with value as x` (or `async with`) binds to `x`."""
    return each(value, lambda one: _entered(r, one, is_async))


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
    return each(value, lambda one: _iterated(r, one, is_async, index))


def looped(r: Resolver, value: Value, *, is_async: bool) -> Value:
    """What a loop binds to its target. A loop over a context manager fails; the code inside counts on what it would
    bind once the loop is an `async with`, so that mistakes nested in one another are seen together."""
    if not is_async:
        return iterated(r, value, is_async=False)
    return each(value, lambda one: _looped(r, one))


def _looped(r: Resolver, value: Known | Unknown) -> Value:
    if has(r, value, "__aiter__") is not False or not has(r, value, "__aenter__"):
        return iterated(r, value, is_async=True)
    inside = entered(r, value, is_async=True)
    if any(has(r, one, "__aiter__") for one in alternatives(inside)):
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
    return each(value, lambda one: _awaited(r, one))


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


def has_attribute(r: Resolver, value: Known | Unknown, name: str) -> bool | None:
    """Whether an object has an attribute; None when that cannot be told."""
    match value:
        case Instance(cls=cls):
            lineage = classes.lineage(r, cls)
            if any(isinstance(base, Class) and _binds(r, base, name) for base in lineage):
                return True
            if any(isinstance(base, Unknown) or "__getattr__" in base.scope.flow.after for base in lineage):
                return None
            return False
        case Produced(kind=kind):
            return name in _PRODUCED[kind] or name in _METHODS[kind] or name in dir(object)
    return None


def _binds(r: Resolver, cls: Class, name: str) -> bool:
    return name in cls.scope.flow.every or name in r.assigned(cls.scope)
