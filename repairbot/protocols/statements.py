"""What one statement, or one part of a compound statement, binds."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from repairbot.protocols.bindings import (
    Assigned,
    Binding,
    Declared,
    Defined,
    Entered,
    Imported,
    Iterated,
    Opaque,
    targets,
)

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def bindings_of(node: ast.stmt) -> Iterator[Binding]:
    """The bindings of a statement without a body of its own flow."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield Defined(node.name, node)
        case ast.Assign(targets=many, value=value):
            for target in many:
                for name, path in targets(target):
                    yield Assigned(name, node, value, path)
        case ast.AnnAssign(target=target, annotation=annotation, value=None):
            for name, _ in targets(target):
                yield Declared(name, node, annotation)
        case ast.AnnAssign(target=target, annotation=annotation, value=ast.expr() as value):
            for name, path in targets(target):
                yield Assigned(name, node, value, path, annotation)
        case ast.AugAssign(target=target):
            for name, _ in targets(target):
                yield Opaque(name, node, "an augmented assignment")
        case ast.Delete(targets=many):
            for target in many:
                for name, _ in targets(target):
                    yield Opaque(name, node, "deleted")
        case ast.Import(names=names):
            for alias in names:
                if alias.asname:
                    yield Imported(alias.asname, node, alias.name, 0, None)
                else:
                    top = alias.name.split(".")[0]
                    yield Imported(top, node, top, 0, None, whole=False)
        case ast.ImportFrom(names=names, module=module, level=level):
            for alias in names:
                yield Imported(alias.asname or alias.name, node, module or "", level, alias.name)
        case _ if node.__class__.__name__ == "TypeAlias":
            yield Assigned(node.name.id, node, node.value)  # type: ignore[attr-defined]  # ast.TypeAlias, Python 3.12 on


def named(expression: ast.NamedExpr, statement: ast.stmt) -> Iterator[Binding]:
    yield Assigned(expression.target.id, statement, expression.value)


def iterated(node: ast.For | ast.AsyncFor) -> Iterator[Binding]:
    for name, path in targets(node.target):
        yield Iterated(name, node, node.iter, path)


def entered(item: ast.withitem, node: ast.With | ast.AsyncWith) -> Iterator[Binding]:
    for name, path in targets(item.optional_vars) if item.optional_vars else ():
        yield Entered(name, node, item.context_expr, path)


def caught(handler: ast.ExceptHandler) -> Iterator[Binding]:
    if handler.name:
        yield Opaque(handler.name, handler, "an exception")


def captured(case: ast.match_case) -> Iterator[Binding]:
    for part in ast.walk(case.pattern):
        name = getattr(part, "name", None) or getattr(part, "rest", None)
        if isinstance(name, str):
            yield Opaque(name, part, "a match pattern")


# Calls of these set no attribute of an object that they are given.
_HARMLESS = frozenset(
    {"bool", "callable", "float", "frozenset", "hasattr", "id", "int", "isinstance", "issubclass", "len", "print"}
    | {"range", "repr", "str", "super", "type"}
)


def runs_other_code(statement: ast.stmt) -> bool:
    """Whether a statement's own expressions call, await or yield, so that other code may run before they are done."""
    if isinstance(statement, ast.AsyncFor | ast.AsyncWith | ast.For | ast.With):
        return True
    for node in own_expressions(statement):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _HARMLESS:
                continue
            case ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom():
                return True
            case ast.comprehension(is_async=1):
                return True
    return False


def own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Every expression node of a statement that runs in its own scope, bodies of compound statements left out."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    stack: list[ast.AST] = [
        child
        for child in ast.iter_child_nodes(statement)
        if not isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
    ]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, SCOPES):
            stack.extend(ast.iter_child_nodes(node))
