"""Whether a generator function hands out exactly one resource, as a context manager's must."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import Function, Kind, Produced

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_DEEPEST = 5


def yields_once(r: Resolver, function: Function, depth: int = 0) -> bool:
    """One `yield`, outside of loops; a loop over another generator that yields once counts as none:

    `async for session in get_db(): yield session` forwards one resource.
    """
    yields = _yields(function.scope.node)
    if len(yields) != 1 or depth > _DEEPEST:
        return False
    return all(_is_single(r, loop, function, depth) for loop in yields[0])


def _yields(function: ast.AST) -> list[tuple[ast.AST, ...]]:
    """The loops around each `yield` of the function itself."""
    found: list[tuple[ast.AST, ...]] = []
    stack: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(child, ()) for child in _body(function)]
    while stack:
        node, loops = stack.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            found.append(loops)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        inside = (*loops, node) if isinstance(node, ast.For | ast.AsyncFor | ast.While) else loops
        stack.extend((child, inside) for child in ast.iter_child_nodes(node))
    return found


def _body(function: ast.AST) -> list[ast.AST]:
    """The statements of a function, the one expression of a lambda."""
    body = getattr(function, "body", [])
    return body if isinstance(body, list) else [body]


def _is_single(r: Resolver, loop: ast.AST, function: Function, depth: int) -> bool:
    if not isinstance(loop, ast.AsyncFor):
        return False
    scope: Scope = function.scope
    value = r.value(loop.iter, Place(scope, loop, function.frame))
    if not isinstance(value, Produced) or value.kind is not Kind.ASYNC_GENERATOR:
        return False
    return yields_once(r, value.function, depth + 1)
