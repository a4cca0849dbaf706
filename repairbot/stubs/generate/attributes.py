"""The attributes that `__init__` gives the objects of a class, with their types as far as the source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairbot.stubs.generate.binding import Function, Functions, Scope
from repairbot.stubs.generate.functions import FunctionReader
from repairbot.stubs.generate.typeexpr import ANY, NONE, Type, one_of


def instance_attributes(module: str, scope: Scope, functions: FunctionReader) -> dict[str, Type]:
    """By attribute. An annotation decides, of the attribute or of the parameter assigned to it; else the call does."""
    init = scope.bindings.get("__init__")
    if not isinstance(init, Functions):
        return {}
    node = init.nodes[-1]
    declared = _parameters(node)
    elsewhere = _stored_elsewhere(scope)
    found: dict[str, Type] = {}
    for name, annotation, value in _self_assignments(node):
        passed = declared.get(value.id) if isinstance(value, ast.Name) else None
        if annotation is not None or passed is not None:
            type_ = functions.types.read(module, annotation or passed)
        elif isinstance(value, ast.Call) and name not in elsewhere:
            type_ = functions.instance(module, value)
        else:
            type_ = ANY
        before = found.get(name)
        found[name] = type_ if before in (None, NONE) else one_of([before, type_])
    return found


def _parameters(node: Function) -> dict[str, ast.expr | None]:
    """The annotations of the parameters that are still what the caller passed: none that the body assigns anew."""
    rebound = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return {a.arg: a.annotation for a in arguments if a.arg not in rebound}


def _stored_elsewhere(scope: Scope) -> set[str]:
    """The attributes of `self` that other methods assign."""
    return {
        inner.attr
        for name, binding in scope.bindings.items()
        if isinstance(binding, Functions) and name != "__init__"
        for inner in ast.walk(binding.nodes[-1])
        if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store) and _is_self(inner.value)
    }


def _self_assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    for inner in ast.walk(node):
        match inner:
            case ast.AnnAssign(target=ast.Attribute(value=owner, attr=attr), annotation=note, value=value) if _is_self(
                owner
            ):
                yield attr, note, value
            case ast.Assign(targets=[ast.Attribute(value=owner, attr=attr)], value=value) if _is_self(owner):
                yield attr, None, value


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"
