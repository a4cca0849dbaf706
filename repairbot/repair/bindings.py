"""What binds a name at one place of a file: in the module's own scope or in a scope around that place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from repairbot.repair.locate import Document, Function

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def binders(document: Document, place: ast.AST, name: str) -> Sequence[ast.AST]:
    """The nodes that bind `name` in the module or in a scope between it and `place`."""
    around = [node for node in document.ancestors(place) if isinstance(node, _SCOPES)]
    declared = [
        node for node in ast.walk(document.tree) if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names
    ]
    return [*declared, *(node for scope in (document.tree, *around) for node in _bound_in(scope, name))]


def _bound_in(scope: ast.AST, name: str) -> Iterator[ast.AST]:
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        if _binds(node, name):
            yield node
        if not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)


def _binds(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=found, ctx=ast.Store() | ast.Del()) | ast.arg(arg=found) | ast.ClassDef(name=found):
            return found == name
        case ast.alias(name=path, asname=asname):
            return (asname or path.partition(".")[0]) == name
        case ast.ExceptHandler(name=str(found)) | ast.MatchAs(name=str(found)) | ast.MatchStar(name=str(found)):
            return found == name
        case ast.MatchMapping(rest=str(found)):
            return found == name
        case _:
            return isinstance(node, Function) and node.name == name
