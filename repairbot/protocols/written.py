"""The source of an expression on one line, however large it is: what is beyond a limit becomes "…"."""

from __future__ import annotations

import ast
from typing import cast

# No expression that a person wrote by hand is larger; deeper ones would exhaust the stack of `ast.unparse`.
_LARGEST = 2_000
_DEEPEST = 40
_LEFT_OUT = "…"


def written(node: ast.AST) -> str:
    """Return the expression as it may have been written, on one line."""
    return " ".join(ast.unparse(_cut(node, _LARGEST, _DEEPEST)).split())


def shortened(node: ast.AST, limit: int) -> str:
    """Return the same, cut to be read in a sentence, without looking at much more than what is shown."""
    # Every expression takes a character at least.
    text = " ".join(ast.unparse(_cut(node, limit + 1, _DEEPEST)).split())
    return text if len(text) <= limit else text[: limit - 1] + _LEFT_OUT


def _cut(node: ast.AST, largest: int, deepest: int) -> ast.AST:
    """Return the node, or a copy without what lies beyond the limits."""
    if _fits(node, largest, deepest):
        return node
    return _Copy(largest).of(node, deepest)


def _fits(node: ast.AST, largest: int, deepest: int) -> bool:
    waiting, seen = [(node, 0)], 0
    while waiting:
        one, depth = waiting.pop()
        seen += isinstance(one, ast.expr)
        if seen > largest or depth > deepest:
            return False
        waiting.extend((child, depth + 1) for child in ast.iter_child_nodes(one))
    return True


class _Copy:
    """Copies a tree from the top down until so many expressions were taken."""

    def __init__(self, largest: int) -> None:
        self.left = largest

    def of(self, node: ast.AST, deeper: int) -> ast.AST:
        self.left -= isinstance(node, ast.expr)
        if isinstance(node, ast.expr) and (self.left < 0 or not deeper):
            return ast.Name(_LEFT_OUT, ast.Load())
        if isinstance(node, ast.JoinedStr):  # its parts cannot stand for each other
            return node if _fits(node, self.left, deeper) else ast.Name(f"f'{_LEFT_OUT}'", ast.Load())
        fields = {name: self._field(value, deeper - 1) for name, value in ast.iter_fields(node)}
        return ast.copy_location(type(node)(**fields), node)

    def _field(self, value: object, deeper: int) -> object:
        if isinstance(value, ast.AST):
            return self.of(value, deeper)
        if not isinstance(value, list):
            return value
        # One more than there is room for stands for all that are left out.
        parts = cast("list[object]", value)
        return [self._field(part, deeper) for part in parts[: max(self.left, 0) + 1]]
