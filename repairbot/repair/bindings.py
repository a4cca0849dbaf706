"""What binds a name at one place of a file: in the module's own scope or in a scope around that place."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from repairbot.repair.locate import Document

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def binders(document: Document, place: ast.AST, name: str) -> Sequence[ast.AST]:
    """The nodes that bind `name` in the module or in a scope between it and `place`."""
    around = [node for node in document.ancestors(place) if isinstance(node, _SCOPES)]
    declared = [node for node in document.declarations if name in node.names]
    return [*declared, *(node for scope in (document.tree, *around) for node in _bound_in(document, scope, name))]


def _bound_in(document: Document, scope: ast.AST, name: str) -> Sequence[ast.AST]:
    if scope not in document.bound:
        document.bound[scope] = _bindings(scope)
    return document.bound[scope].get(name, ())


def _bindings(scope: ast.AST) -> dict[str, list[ast.AST]]:
    """Every node that binds a name of one scope, by the name."""
    found: dict[str, list[ast.AST]] = {}
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        name = _bound(node)
        if name is not None:
            found.setdefault(name, []).append(node)
        if not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)
    return found


def _bound(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=found, ctx=ast.Store() | ast.Del()) | ast.arg(arg=found) | ast.ClassDef(name=found):
            return found
        case ast.alias(name=path, asname=asname):
            return asname or path.partition(".")[0]
        case ast.ExceptHandler(name=str(found)) | ast.MatchAs(name=str(found)) | ast.MatchStar(name=str(found)):
            return found
        case ast.MatchMapping(rest=str(found)):
            return found
        case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found):
            return found
    return None
