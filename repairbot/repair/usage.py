"""What a loop's body does with the loop's target: the facts that tell an element from the thing it comes from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Calls that show or store a value as it is: done to elements, pointless on the resource itself.
_SHOWING = frozenset({"print", "str", "repr", "len", "int", "float", "bytes", "sorted", "min", "max", "sum"})


@dataclass(frozen=True, slots=True)
class Usage:
    """`attributes` read from the target, `entered`/`iterated` constructs it is the object of, `operated` when an
    operator, a subscript or a display is applied to it, `mentioned` when the body names it at all."""

    attributes: frozenset[str] = frozenset()
    iterated: bool = False
    iterated_sync: bool = False
    operated: bool = False
    mentioned: bool = False


def usage(name: str, body: Iterable[ast.AST]) -> Usage:
    """How `name` is used in some statements or expressions, up to the first statement that gives it a new object."""
    attributes: set[str] = set()
    iterated = iterated_sync = operated = mentioned = False
    for node, parent in _mentions(name, body):
        mentioned = True
        match parent:
            case ast.Attribute(attr=attribute):
                attributes.add(attribute)
            case ast.AsyncFor(iter=used) | ast.comprehension(iter=used, is_async=1) if used is node:
                iterated = True
            case ast.For(iter=used) | ast.comprehension(iter=used) if used is node:
                iterated_sync = True
            case ast.BinOp() | ast.AugAssign() | ast.FormattedValue() | ast.UnaryOp() | ast.Subscript(value=ast.Name()):
                operated = True
            case ast.Compare() if not _with_none(parent):
                operated = True
            case ast.Call(func=ast.Name(id=function)) if function in _SHOWING:
                operated = True
    return Usage(frozenset(attributes), iterated, iterated_sync, operated, mentioned)


def _mentions(name: str, body: Iterable[ast.AST]) -> Iterator[tuple[ast.Name, ast.AST | None]]:
    stack: list[tuple[ast.AST, ast.AST | None]] = [(node, None) for node in reversed(list(body))]
    while stack:
        node, parent = stack.pop()
        if isinstance(node, ast.Name) and node.id == name:
            if isinstance(node.ctx, ast.Load):
                yield node, parent
            continue
        stack.extend((child, node) for child in ast.iter_child_nodes(node))


def _with_none(node: ast.Compare) -> bool:
    return any(isinstance(one, ast.Constant) and one.value is None for one in (node.left, *node.comparators))

