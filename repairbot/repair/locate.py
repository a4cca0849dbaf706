"""Where an edit stands in a file's tree: the construct, its statement, its function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from repairbot.model import Region
from repairbot.repair.layout import Layout
from repairbot.repair.refused import Refused

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Document:
    """An unmodified file: its layout and tree, and for each node the one above."""

    path: str
    layout: Layout = field(repr=False)
    tree: ast.Module = field(repr=False)

    @classmethod
    def of(cls, path: str, data: bytes) -> Document:
        """Raises Refused for what `ast` does not take."""
        layout = Layout.of(data)
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Refused(f"{path} does not parse: {error}") from error
        return cls(path, layout, tree)

    @cached_property
    def above(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def start(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        return node.lineno, self.layout.column(node.lineno, node.col_offset)

    def end(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return node.end_lineno, self.layout.column(node.end_lineno, node.end_col_offset)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """From the node above to the module."""
        while (parent := self.above.get(node)) is not None:
            yield parent
            node = parent

    def statement(self, node: ast.AST) -> ast.stmt:
        """The nearest statement that holds `node`, or `node` itself."""
        for candidate in (node, *self.ancestors(node)):
            if isinstance(candidate, ast.stmt):
                return candidate
        raise Refused("the construct stands in no statement")

    def function(self, node: ast.AST) -> Function | ast.Module:
        """The nearest function around `node`, else the module."""
        for candidate in self.ancestors(node):
            if isinstance(candidate, Function):
                return candidate
        return self.tree


@dataclass(frozen=True, slots=True)
class Loop:
    """An `async for` statement."""

    node: ast.AsyncFor


@dataclass(frozen=True, slots=True)
class Clause:
    """The generator `index` of a comprehension."""

    node: Comprehension
    index: int

    @property
    def generator(self) -> ast.comprehension:
        return self.node.generators[self.index]


def construct(document: Document, region: Region) -> Loop | Clause:
    """What a recast's region names. Raises Refused when nothing of that kind stands there."""
    start, end = (region.line, region.column), (region.end_line, region.end_column)
    for node in ast.walk(document.tree):
        match node:
            case ast.AsyncFor() if document.start(node) == start:
                return Loop(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                for index, generator in enumerate(node.generators):
                    if generator.is_async and document.end(generator.iter) == end:
                        return Clause(node, index)
            case _:
                pass
    raise Refused(f"nothing to rewrite at line {region.line} of {document.path}")
