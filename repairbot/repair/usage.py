"""What a loop's body does with the loop's target: the facts that tell an element from the thing it comes from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "__add__",
    ast.Sub: "__sub__",
    ast.Mult: "__mul__",
    ast.Div: "__truediv__",
    ast.Mod: "__mod__",
    ast.Lt: "__lt__",
    ast.LtE: "__le__",
    ast.Gt: "__gt__",
    ast.GtE: "__ge__",
    ast.In: "__contains__",
    ast.NotIn: "__contains__",
}
_FUNCTIONS = {"len": "__len__", "int": "__int__", "float": "__float__", "bytes": "__bytes__", "abs": "__abs__"}


@dataclass(frozen=True, slots=True)
class Usage:
    """`attributes` read from the target and `dunders` that operators on it need; `iterated` when it is looped over with
    `async for`; `awaited` when the result of one of its methods is awaited or entered, or it is entered itself."""

    attributes: frozenset[str] = frozenset()
    dunders: frozenset[str] = frozenset()
    iterated: bool = False
    awaited: bool = False


def usage(name: str, body: Iterable[ast.AST]) -> Usage:
    """How `name` is used in some statements or expressions."""
    attributes: set[str] = set()
    dunders: set[str] = set()
    iterated = awaited = False
    for node, around in _mentions(name, body):
        parent = around[-1] if around else None
        match parent:
            case ast.Attribute(attr=attribute):
                attributes.add(attribute)
                awaited = awaited or _is_awaited(around)
            case ast.AsyncFor(iter=used) | ast.comprehension(iter=used, is_async=1) if used is node:
                iterated = True
            case ast.withitem() if isinstance(around[-2], ast.AsyncWith):
                awaited = True
            case _ if (dunder := _dunder(parent, node)) is not None:
                dunders.add(dunder)
    return Usage(frozenset(attributes), frozenset(dunders), iterated, awaited)


def _mentions(name: str, body: Iterable[ast.AST]) -> Iterator[tuple[ast.Name, tuple[ast.AST, ...]]]:
    stack: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(node, ()) for node in reversed(list(body))]
    while stack:
        node, around = stack.pop()
        if isinstance(node, ast.Name) and node.id == name:
            if isinstance(node.ctx, ast.Load):
                yield node, around
            continue
        inside = (*around, node)
        stack.extend((child, inside) for child in ast.iter_child_nodes(node))


def _is_awaited(around: tuple[ast.AST, ...]) -> bool:
    """`await x.method(…)` or `async with x.method(…)`."""
    match around[-3:]:
        case (ast.Await(), ast.Call(func=called), attribute) if called is attribute:
            return True
        case (ast.withitem(), ast.Call(func=called), attribute) if called is attribute:
            return isinstance(around[-4], ast.AsyncWith)
    return False


def _dunder(parent: ast.AST | None, node: ast.Name) -> str | None:
    """The special method that an operation on the name needs of it."""
    match parent:
        case ast.For(iter=used) | ast.comprehension(iter=used, is_async=0) if used is node:
            return "__iter__"
        case ast.Subscript(value=used) if used is node:
            return "__getitem__"
        case ast.BinOp(left=left, op=operator) if left is node:
            return _OPERATORS.get(type(operator))
        case ast.Compare(left=left, ops=[operator]) if left is node and not isinstance(operator, ast.In | ast.NotIn):
            return _OPERATORS.get(type(operator))
        case ast.Compare(ops=[operator], comparators=[right]) if right is node and isinstance(
            operator, ast.In | ast.NotIn
        ):
            return _OPERATORS[type(operator)]
        case ast.Call(func=ast.Name(id=function), args=[used]) if used is node:
            return _FUNCTIONS.get(function)
    return None
