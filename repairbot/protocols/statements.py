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


def named(expression: ast.NamedExpr, statement: ast.stmt | ast.expr) -> Iterator[Assigned]:
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


def annotated_with(statement: ast.stmt) -> list[ast.expr]:
    """What a statement annotates with: it is evaluated or not by the scope and by the version of Python."""
    match statement:
        case ast.AnnAssign(annotation=annotation):
            return [annotation]
        case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
            listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
            given = [one.annotation for one in listed if one is not None]
            return [one for one in (*given, statement.returns) if one is not None]
    return []


def own_expressions(statement: ast.stmt) -> list[ast.expr]:
    """The expressions that a statement itself evaluates in its own scope, in their order; bodies are left out."""
    match statement:
        case ast.Assign(targets=many, value=value):
            return [value, *many]
        case ast.AnnAssign(target=target, value=value):
            return [target] if value is None else [value, target]
        case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
            return [*statement.decorator_list, *defaults(arguments)]
        case ast.ClassDef():
            return [*statement.decorator_list, *statement.bases, *(keyword.value for keyword in statement.keywords)]
    return [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.expr)]


def defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)]


# Calls of these set no attribute of an object that they are given.
_HARMLESS = frozenset(
    {"bool", "callable", "float", "frozenset", "hasattr", "id", "int", "isinstance", "issubclass", "len", "print"}
    | {"range", "repr", "str", "super", "type"}
)


def runs_other_code(statement: ast.AST) -> bool:
    """Whether a statement's own expressions call, await or yield, so that other code may run before they are done."""
    if not isinstance(statement, ast.stmt) or isinstance(statement, ast.AsyncFor | ast.AsyncWith | ast.For | ast.With):
        return True
    pending: list[ast.AST] = [*own_expressions(statement)]
    while pending:
        match node := pending.pop():
            case ast.Call(func=ast.Name(id=name)) if name in _HARMLESS:
                pending.extend(node.args)
                continue
            case ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom() | ast.comprehension(is_async=1):
                return True
        if not isinstance(node, SCOPES):
            pending.extend(ast.iter_child_nodes(node))
    return False
