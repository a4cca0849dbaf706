"""What `def` and `class` bind: the function or class behind its decorators, read before any annotation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols import calls
from repairbot.protocols.bindings import Defined, in_order
from repairbot.protocols.frames import Arguments, Frame
from repairbot.protocols.joining import union
from repairbot.protocols.links import explained, short, unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.special import TAKES_ARGUMENTS, TRANSPARENT, WRAPPING
from repairbot.protocols.values import Applied, Class, Function, Special, Unknown, Value, Wrapped, Wrapping

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def defined(r: Resolver, binding: Defined, scope: Scope, frame: Frame | None) -> Value:
    """The object a definition gives its name."""
    key = ("defined", id(binding.node), frame)
    return r.remembered(key, lambda: _defined(r, binding, scope, frame))


def _defined(r: Resolver, binding: Defined, scope: Scope, frame: Frame | None) -> Value:
    node = binding.node
    if isinstance(node, ast.ClassDef):
        cls: Value = Class(scope.inside(node), frame=frame)
        return _decorated(r, node, explained(cls, scope, node, f"class `{node.name}` is defined"), scope, frame)
    if scope.file.is_stub and _is_overload(r, node, scope):
        return union(
            _function(r, one.node, scope, frame)
            for one in in_order(scope.flow.every[node.name])
            if isinstance(one, Defined) and isinstance(one.node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
    return _function(r, node, scope, frame)


def _function(r: Resolver, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope, frame: Frame | None) -> Value:
    inner = scope.inside(node)
    owner = Class(scope, frame=frame) if scope.is_class else None
    function = Function(inner, frame=frame, owner=owner)
    return _decorated(r, node, explained(function, scope, node, _described(inner)), scope, frame)


def _described(function: Scope) -> str:
    node = function.node
    kind = "def"
    if isinstance(node, ast.AsyncFunctionDef):
        yields = bool(function.flow.yields)
        kind = "async generator" if yields else "async def"
    elif function.flow.yields:
        kind = "generator"
    return f"`{function.qualified_name}` is defined as {'an' if kind[0] == 'a' else 'a'} {kind}"


def _is_overload(r: Resolver, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> bool:
    place = Place(scope, node)
    return any(r.value(decorator, place) == Special("typing.overload") for decorator in node.decorator_list)


def _decorated(
    r: Resolver,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    value: Value,
    scope: Scope,
    frame: Frame | None,
) -> Value:
    """The value behind all decorators, the one nearest to the definition first."""
    for decorator in reversed(node.decorator_list):
        value = _decorate(r, decorator, value, Place(scope, node, frame))
    return value


def _decorate(r: Resolver, decorator: ast.expr, value: Value, place: Place) -> Value:
    match decorator:
        case ast.Attribute(attr="setter" | "getter" | "deleter", value=base):
            before = r.value(base, place)
            if isinstance(before, Wrapped) and before.wrapping is Wrapping.PROPERTY:
                return before
    return apply(r, r.value(decorator, place), value, decorator, place)


def apply(r: Resolver, decorator: Value, value: Value, node: ast.expr, place: Place) -> Value:
    """`decorator(value)`."""
    match decorator:
        case Special(name="typing.overload"):
            return value
        case Special(name=name) if name in TRANSPARENT and name not in TAKES_ARGUMENTS:
            return value
        case Special(name=name) if name in WRAPPING:
            text = f"`{_name_of(value)}` is decorated with `@{short(node)}`"
            return explained(Wrapped(WRAPPING[name], value, value.evidence), place.scope, node, text)
        case Applied(special=name) if name in WRAPPING:
            return Wrapped(WRAPPING[name], value, value.evidence)
        case Applied():
            return value
        case Unknown(external=external):
            if external and external.startswith("pytest.mark."):
                return value
            reason = f"`{_name_of(value)}` is behind the decorator `@{short(node)}`, which could not be seen through"
            return unknown(place.scope, node, reason)
    result = calls.call(r, decorator, Arguments((value,)), node, place)
    if isinstance(result, Unknown):
        return unknown(
            place.scope, node, f"what `@{short(node)}` makes of `{_name_of(value)}` is unknown: {result.reason}"
        )
    return explained(result, place.scope, node, f"`{_name_of(value)}` is decorated with `@{short(node)}`")


def _name_of(value: Value) -> str:
    match value:
        case Function() | Class():
            return value.name
        case Wrapped(inner=inner):
            return _name_of(inner)
    return "it"
