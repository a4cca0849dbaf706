"""Where code stands: the nodes around a place, and the function that they belong to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from repairbot.model import Region
from repairbot.protocols.scopes import Scope
from repairbot.source.files import Parsed


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of a module; `ancestors` go from outside in, the module left out."""

    module: Scope
    node: ast.AST
    ancestors: tuple[ast.AST, ...]

    @property
    def line(self) -> int:
        lines = (getattr(one, "lineno", None) for one in (self.node, *reversed(self.ancestors)))
        return next((line for line in lines if line is not None), 1)

    @property
    def owner(self) -> Scope:
        """The function, lambda or class that the node belongs to, with its decorators and arguments; else the module.

        What a decorator or a default mentions is run with the function, not beside it.
        """
        scope = self.module
        for one in self.ancestors:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
                scope = scope.inside(one)
        return scope

    def out_to(self, node: ast.AST) -> Spot:
        """The spot of one of the ancestors."""
        return Spot(self.module, node, self.ancestors[: self.ancestors.index(node)])

    def out_of_lambdas(self) -> Spot:
        """The outermost lambda that the node stands in below the function around it; the spot itself without one."""
        outside = self
        for one in reversed(self.ancestors):
            if isinstance(one, ast.Lambda):
                outside = self.out_to(one)
            elif isinstance(one, ast.stmt):
                break
        return outside

    def inward(self) -> Iterator[tuple[ast.AST, ast.AST]]:
        """Pairs of a node and the one below it on the way from the function's body to the spot, inner ones first."""
        child = self.node
        for parent in reversed(self.ancestors):
            if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
                yield parent, child
                return
            yield parent, child
            child = parent


def spot_at(module: Scope, region: Region) -> Spot:
    """The construct at a finding's region: the innermost node that its start lies in, or the clause that ends there."""
    parsed = module.parsed
    chain: list[ast.AST] = []
    below: list[ast.AST] = list(module.parsed.tree.body)
    while (found := _around(parsed, below, region)) is not None:
        chain.append(found)
        below = list(ast.iter_child_nodes(found))
    if not chain:
        return Spot(module, module.node, ())
    clause = _clause(parsed, chain, region)
    return Spot(module, clause, tuple(chain)) if clause else Spot(module, chain[-1], tuple(chain[:-1]))


def _around(parsed: Parsed, nodes: list[ast.AST], region: Region) -> ast.AST | None:
    for node in nodes:
        if isinstance(node, ast.comprehension | ast.arguments | ast.withitem | ast.match_case):  # no position
            if _around(parsed, list(ast.iter_child_nodes(node)), region) is not None:
                return node
        elif hasattr(node, "lineno") and _holds(parsed, node, region):
            return node
    return None


def _holds(parsed: Parsed, node: ast.AST, region: Region) -> bool:
    if getattr(node, "end_lineno", 0) < region.line:
        return False
    own = parsed.region(node)
    decorators = getattr(node, "decorator_list", None)
    first = min(own.line, *(one.lineno for one in decorators)) if decorators else own.line
    start = (first, 0) if decorators else (own.line, own.column)
    return start <= (region.line, region.column) < (own.end_line, own.end_column)


def _clause(parsed: Parsed, chain: list[ast.AST], region: Region) -> ast.comprehension | None:
    """The clause of the innermost comprehension whose iterated expression ends where the region does."""
    generators: list[ast.comprehension] = getattr(chain[-1], "generators", [])
    ends = (region.end_line, region.end_column)
    for clause in generators:
        own = parsed.region(clause.iter)
        if (own.end_line, own.end_column) == ends:
            return clause
    return None
