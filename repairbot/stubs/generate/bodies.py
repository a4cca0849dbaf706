"""What the body and the parameter list of a function say, by syntax alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from repairbot.stubs.generate.binding import Function
from repairbot.stubs.generate.definitions import Parameter


def listed_parameters(node: Function) -> Iterator[tuple[Parameter, ast.expr | None]]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    optional = len(positional) - len(arguments.defaults)
    for index, argument in enumerate(positional):
        yield Parameter(argument.arg, default=index >= optional), argument.annotation
        if arguments.posonlyargs and index == len(arguments.posonlyargs) - 1:
            yield Parameter("", "/"), None
    if arguments.vararg is not None:
        yield Parameter(arguments.vararg.arg, "*"), arguments.vararg.annotation
    elif arguments.kwonlyargs:
        yield Parameter("", "*"), None
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield Parameter(argument.arg, default=default is not None), argument.annotation
    if arguments.kwarg is not None:
        yield Parameter(arguments.kwarg.arg, "**"), arguments.kwarg.annotation


def own_nodes(node: Function, *kinds: type[ast.AST]) -> Iterator[Any]:
    """The nodes of these kinds in the body, nested functions and classes left out."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop(0)
        if isinstance(inner, kinds):
            yield inner
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(inner)


def has_yield(node: Function) -> bool:
    return next(own_nodes(node, ast.Yield, ast.YieldFrom), None) is not None


def says_nothing(node: Function) -> bool:
    """A body of `...`, `pass`, a docstring or `raise NotImplementedError`."""
    return all(
        (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        or isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Raise) and "NotImplementedError" in ast.unparse(statement))
        for statement in node.body
    )
