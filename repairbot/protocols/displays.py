"""Literals, displays and operators: objects of built-in types."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols import names, type_expressions
from repairbot.protocols.links import short, unknown
from repairbot.protocols.scopes import Place
from repairbot.protocols.values import Class, Instance, Sequence, TypeForm, Unknown, Value

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_TYPES: dict[type[ast.expr], str] = {
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.List: "list",
    ast.ListComp: "list",
    ast.Tuple: "tuple",
    ast.JoinedStr: "str",
    ast.Compare: "bool",
}


def displayed(r: Resolver, node: ast.expr, place: Place) -> Value:
    """The value of an expression that names nothing."""
    match node:
        case ast.Constant(value=constant):
            return built_in(r, type(constant).__name__, node, place)
        case ast.Tuple(elts=parts) if not any(isinstance(part, ast.Starred) for part in parts):
            cls = built_in(r, "tuple", node, place)
            return Sequence(tuple(r.value(part, place) for part in parts), cls)
        case ast.UnaryOp(op=ast.Not()):
            return built_in(r, "bool", node, place)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            if type_expressions.is_type(r.value(left, place)) and type_expressions.is_type(r.value(right, place)):
                return TypeForm(r.annotated(node, place))
    if (name := _TYPES.get(type(node))) is not None:
        return built_in(r, name, node, place)
    return unknown(place.scope, node, f"the value of `{short(node)}` is not followed")


def built_in(r: Resolver, name: str, node: ast.expr, place: Place) -> Value:
    """An object of a built-in type."""
    cls = names.builtin(r, name, place.scope, node)
    if isinstance(cls, Class):
        return Instance(cls)
    return (
        cls if isinstance(cls, Unknown) else unknown(place.scope, node, f"the built-in type `{name}` could not be read")
    )
