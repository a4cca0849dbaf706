"""From a type expression to an object of that type."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import builtin_calls, containers, generics
from repairbot.protocols.joining import ELLIPSIS, UNTOLD, each, through, union
from repairbot.protocols.links import short, unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import (
    Class,
    Instance,
    Known,
    Nothing,
    Sequence,
    Special,
    Supplier,
    TypeForm,
    TypeVariable,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_TRANSPARENT = ("typing.ClassVar", "typing.Final", "typing.Required", "typing.NotRequired", "typing.ReadOnly")
_MAPPINGS_AND_SEQUENCES = (
    "dict",
    "list",
    "Mapping",
    "MutableMapping",
    "Sequence",
    "MutableSequence",
    "defaultdict",
    "deque",
)


def instance(r: Resolver, node: ast.expr, place: Place) -> Value:
    """An object of the type that `node` names."""
    match node:
        case ast.Constant(value=None):
            return Nothing()
        case ast.Constant(value=str(text)):
            inner = r.quoted(text)
            if inner is None:
                return unknown(place.scope, node, f"the annotation {text!r} is no expression")
            # A quoted name may be bound later in the module than the place that mentions it.
            return r.annotated(
                inner, Place(place.scope, None if place.scope.is_module else place.statement, place.frame)
            )
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return union([r.annotated(left, place), r.annotated(right, place)])
        case ast.Subscript(value=head, slice=inner):
            return each(r.value(head, _late(place)), lambda one: _of_generic(r, one, inner, node, place))
        case ast.Name() | ast.Attribute():
            value = r.value(node, _late(place))
            return each(value, lambda one: _of_type(r, one, node, place))
    return unknown(place.scope, node, f"the annotation `{short(node)}` is not understood")


def _late(place: Place) -> Place:
    """Annotations may name what the module defines further down (quoted, or by `from __future__`)."""
    return Place(place.scope, None, place.frame) if place.scope.is_module else place


def _of_type(r: Resolver, value: Known | Unknown, node: ast.expr, place: Place) -> Value:
    match value:
        case Unknown():
            return value
        case Class(name="object", scope=scope) if scope.file.origin is Origin.STDLIB:
            return unknown(place.scope, node, "it is declared as `object`, which may be anything")
        case Class():
            return _declared(value, place)
        case TypeForm(instance=inner):
            return inner
        case TypeVariable():
            return _of_variable(r, value, node, place)
        case Nothing():
            return value
        case Special(name="typing.Self"):
            return _self(node, place)
        case Special(name="typing.Callable"):
            return Supplier(unknown(place.scope, node, "it is declared as a callable without saying what it gives"))
        case Special(name="typing.Any"):
            return unknown(place.scope, node, "it is declared as `Any`")
    return unknown(place.scope, node, f"the annotation `{short(node)}` names no class that could be read")


def _declared(cls: Class, place: Place) -> Instance:
    by_target = place.scope.file.origin is Origin.SOURCE
    return Instance(replace(cls, exact=True, evidence=()), exact=False, declared=by_target, evidence=cls.evidence)


def _of_variable(r: Resolver, variable: TypeVariable, node: ast.expr, place: Place) -> Value:
    known = place.frame.type_of(variable.name) if place.frame is not None else None
    if known is not None and known != UNTOLD:
        return known
    # The bound says what the argument of a call can be at most, never what it is.
    if variable.bound is not None and not generics.is_of_call(place.frame, variable):
        return r.annotated(variable.bound, Place(variable.scope))
    return unknown(place.scope, node, f"the type variable `{variable.name}` may be anything")


def _self(node: ast.expr, place: Place) -> Value:
    known = place.frame.type_of("Self") if place.frame is not None else None
    if known is not None:
        return known
    scope: Scope | None = place.scope
    while scope is not None and not scope.is_class:
        scope = scope.parent
    if scope is None:
        return unknown(place.scope, node, "`Self` stands outside a class")
    return Instance(Class(scope), exact=False)


def _of_generic(r: Resolver, head: Known | Unknown, inner: ast.expr, node: ast.expr, place: Place) -> Value:
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    match head:
        case Unknown():
            return head
        case Class():
            arguments = tuple(_argument(r, part, place) for part in parts)
            return _declared(replace(head, arguments=arguments), place)
        case Special(name="typing.Optional"):
            return union([r.annotated(inner, place), Nothing()])
        case Special(name="typing.Union"):
            return union(r.annotated(part, place) for part in parts)
        case Special(name="typing.Annotated"):
            return _annotated(r, parts, place)
        case Special(name="typing.Callable"):
            return Supplier(r.annotated(parts[-1], place))
        case Special(name="typing.Type" | "builtins.type"):
            return each(r.annotated(inner, place), _class_of)
        case Special(name=name) if name in _TRANSPARENT:
            return r.annotated(inner, place)
        case TypeForm(instance=known):
            return known
    return unknown(place.scope, node, f"the annotation `{short(node)}` is not understood")


def _argument(r: Resolver, node: ast.expr, place: Place) -> Value:
    if isinstance(node, ast.Constant) and node.value is ...:
        return ELLIPSIS
    if isinstance(node, ast.List):
        return Unknown("a list of parameter types")
    is_open = place.scope.file.is_stub and isinstance(node, ast.Name | ast.Attribute)
    return UNTOLD if is_open and r.value(node, _late(place)) == Special("typing.Any") else r.annotated(node, place)


def _annotated(r: Resolver, parts: list[ast.expr], place: Place) -> Value:
    """`Annotated[X, …]` is an X; where X cannot be read, what a `Depends` beside it injects."""
    value = r.annotated(parts[0], place)
    if not isinstance(value, Unknown):
        return value
    for marker in parts[1:]:
        injected = builtin_calls.injected(r, marker, place)
        if injected is not None:
            return injected
    return value


def _class_of(value: Known | Unknown) -> Value:
    match value:
        case Instance(cls=cls):
            return replace(cls, exact=False, evidence=value.evidence)
        case Unknown():
            return value
    return Unknown("the class is not known", value.evidence)


def subscripted(r: Resolver, node: ast.Subscript, place: Place) -> Value:
    """`a[b]`: a generic class with its arguments, a type form, or an element of a container."""
    held = containers.item(r, node, place)
    if held is not None:
        return held
    return through(r.value(node.value, place), lambda one: _subscripted(r, one, node, place))


def _subscripted(r: Resolver, head: Known | Unknown, node: ast.Subscript, place: Place) -> Value:
    match head:
        case Unknown():
            return head
        case Class() if generics.is_indexed(r, head):
            return unknown(place.scope, node, f"`{head.name}` decides itself what `{short(node)}` gives")
        case Class():
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return replace(head, arguments=tuple(_argument(r, part, place) for part in parts))
        case TypeForm():
            return head
        case Special():
            return TypeForm(r.annotated(node, place))
        case Sequence(parts=known):
            index = containers.position(node.slice)
            if isinstance(node.slice, ast.Slice):
                return unknown(place.scope, node, f"what `{short(node)}` holds is not followed")
            return known[index] if index is not None and -len(known) <= index < len(known) else union(known)
        case Instance(cls=Class(name=name, arguments=(*_, element))) if name in _MAPPINGS_AND_SEQUENCES:
            return element if not isinstance(node.slice, ast.Slice) else head
    return unknown(place.scope, node, f"what `{short(node)}` holds is not followed")


def is_type(value: Value) -> bool:
    """Whether every alternative is something `|` joins into a type."""
    return all(isinstance(one, Class | TypeForm | Nothing | TypeVariable) for one in alternatives(value))
