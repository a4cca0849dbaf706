"""Calls of names the resolver understands by itself: `partial`, `super`, `getattr`, `cast`, decorators, `Depends`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols import attributes, calls, definitions, names, results
from repairbot.protocols.frames import Arguments, Deferred
from repairbot.protocols.joining import each, union
from repairbot.protocols.links import short, unknown
from repairbot.protocols.scopes import Place
from repairbot.protocols.special import TAKES_ARGUMENTS, TRANSPARENT, WRAPPING
from repairbot.protocols.values import (
    Applied,
    Class,
    Instance,
    Kind,
    Known,
    Partial,
    Produced,
    Special,
    Super,
    Unknown,
    Value,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_DEPENDS = (Special("fastapi.Depends"), Special("fastapi.Security"))


def call_special(r: Resolver, callee: Special, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    """What calling a special name gives."""
    name = callee.name
    if name in WRAPPING or name in TRANSPARENT:
        return _decorator(r, callee, arguments, node, place)
    match name:
        case "functools.partial":
            return _partial(r, arguments, node, place)
        case "builtins.super":
            return _super(r, node, place)
        case "builtins.getattr":
            return _getattr(r, arguments, node, place)
        case "builtins.type":
            if len(arguments.positional) == 1:
                value = _value(r, arguments.positional[0])
                return each(
                    value, lambda one: one.cls if isinstance(one, Instance) else Unknown("the class is not known")
                )
        case "typing.cast":
            return _cast(r, arguments)
        case "typing.NewType":
            if len(arguments.positional) == 2:
                return _value(r, arguments.positional[1])
    return unknown(place.scope, node, f"what `{name}` gives here is not followed")


def _value(r: Resolver, argument: Value | Deferred) -> Value:
    return r.value(argument.expression, argument.place) if isinstance(argument, Deferred) else argument


def _decorator(r: Resolver, callee: Special, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    """`decorator(f)` decorates; `decorator(option=…)` waits for the function."""
    if callee.name in TAKES_ARGUMENTS or not arguments.positional or arguments.keywords:
        if callee.name in WRAPPING and arguments.positional and isinstance(node, ast.expr):
            return definitions.apply(r, callee, _value(r, arguments.positional[0]), node, place)
        return Applied(callee.name)
    first = _value(r, arguments.positional[0])
    if isinstance(first, Instance):
        return Applied(callee.name)
    return definitions.apply(r, callee, first, node if isinstance(node, ast.expr) else ast.Name(callee.name), place)


def _partial(r: Resolver, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    if not arguments.positional:
        return unknown(place.scope, node, "what this `partial` calls is not known")
    function = _value(r, arguments.positional[0])
    rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.complete)
    return each(function, lambda one: one if isinstance(one, Unknown) else Partial(one, rest, one.evidence))


def _super(r: Resolver, node: ast.AST, place: Place) -> Value:
    scope = place.scope
    while scope.parent is not None and not scope.parent.is_class:
        scope = scope.parent
    function = scope.node
    if (
        scope.parent is None
        or not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        or not function.args.args
    ):
        return unknown(place.scope, node, "`super()` stands outside a method")
    if isinstance(node, ast.Call) and node.args:
        named = r.value(node.args[0], place)
        if len(node.args) != 2 or not isinstance(named, Class):
            return unknown(place.scope, node, f"`{short(node)}` does not say where to look")
        return each(r.value(node.args[1], place), lambda one: _super_of(named, one))
    first = function.args.args[0]
    receiver = names.lookup(r, first.arg, Place(scope, None, place.frame), first)
    return each(receiver, lambda one: _super_of(Class(scope.parent), one))  # type: ignore[arg-type]  # checked above


def _super_of(cls: Class, receiver: Known | Unknown) -> Value:
    return (
        Super(cls, receiver) if isinstance(receiver, Instance | Class) else Unknown("`super()` without a known object")
    )


def _getattr(r: Resolver, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    match arguments.positional:
        case [target, Deferred(expression=ast.Constant(value=str(name))), *default]:
            found = each(_value(r, target), lambda one: attributes.attribute(r, one, name))
            return union([found, *(_value(r, one) for one in default)])
    return unknown(place.scope, node, "an attribute whose name is computed is not followed")


def _cast(r: Resolver, arguments: Arguments) -> Value:
    match arguments.positional:
        case [Deferred(expression=kind, place=around), value]:
            found = _value(r, value)
            if not any(isinstance(one, Unknown) for one in alternatives(found)):
                return found
            return r.annotated(kind, around)
    return Unknown("a `cast` without its two arguments")


def is_injection(r: Resolver, default: ast.expr, place: Place) -> bool:
    """Whether a parameter's default is FastAPI's `Depends(…)`."""
    return isinstance(default, ast.Call) and r.value(default.func, place) in _DEPENDS


def injected(r: Resolver, marker: ast.expr, place: Place) -> Value | None:
    """What FastAPI passes for `Depends(f)`: the result of `f`, or what it yields; None when it is no such marker."""
    if not is_injection(r, marker, place):
        return None
    assert isinstance(marker, ast.Call)
    given = marker.args[:1] or [one.value for one in marker.keywords if one.arg == "dependency"]
    if not given:
        return None
    result = calls.call(r, r.value(given[0], place), Arguments(), marker, place)
    return each(result, lambda one: _injected(r, one))


def _injected(r: Resolver, value: Known | Unknown) -> Value:
    match value:
        case Produced(kind=Kind.ASYNC_GENERATOR | Kind.GENERATOR):
            return results.yielded(r, value)
        case Produced(kind=Kind.COROUTINE):
            return results.awaited(r, value)
        case Produced(kind=Kind.ASYNC_MANAGER | Kind.SYNC_MANAGER):
            return Unknown("what FastAPI injects for a context manager function depends on its version", value.evidence)
    return value
