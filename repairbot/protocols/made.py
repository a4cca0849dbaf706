"""The bindings that statements make, each made once, so that they are the same objects for whoever asks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from repairbot.protocols.bindings import Binding
from repairbot.protocols.flow import STAR
from repairbot.protocols.nodes import spans
from repairbot.protocols.statements import (
    annotated_with,
    bindings_of,
    captured,
    caught,
    entered,
    iterated,
    own_expressions,
)


class Made:
    """The bindings of one scope; `telling` are the lines of its file where an expression may bind a name."""

    def __init__(self, telling: Sequence[int]) -> None:
        self._telling = telling
        self._made: dict[ast.AST, tuple[Binding, ...]] = {}

    def of(self, make: Callable[..., Iterable[Binding]], node: ast.AST, *around: ast.AST) -> tuple[Binding, ...]:
        """What `make(node, *around)` gives."""
        made = self._made.get(node)
        if made is None:
            made = self._made[node] = tuple(make(node, *around))
        return made

    def names_inside(self, node: ast.AST) -> list[str]:
        """The names that a statement, or any statement inside it, may bind."""
        return list(dict.fromkeys(name for statement in _inside(node) for name in self._names(statement)))

    def _names(self, node: ast.AST) -> Iterator[str]:
        for binding in self._bindings(node):
            if binding.name != STAR:
                yield binding.name
        if self._telling and isinstance(node, ast.stmt) and spans(node, self._telling):
            for expression in (*own_expressions(node), *annotated_with(node)):
                for one in ast.walk(expression):
                    if isinstance(one, ast.NamedExpr):
                        yield one.target.id

    def _bindings(self, node: ast.AST) -> Iterable[Binding]:
        match node:
            case ast.For() | ast.AsyncFor():
                return self.of(iterated, node)
            case ast.ExceptHandler():
                return self.of(caught, node)
            case ast.match_case():
                return self.of(captured, node)
            case ast.With() | ast.AsyncWith():
                return [one for item in node.items for one in self.of(entered, item, node)]
            case ast.stmt():
                return self.of(bindings_of, node)
        return ()


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and all statements, handlers and cases inside it, but those of other scopes."""
    pending: list[ast.AST] = [node]
    while pending:
        one = pending.pop()
        yield one
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            pending.extend(
                child
                for child in ast.iter_child_nodes(one)
                if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
            )
