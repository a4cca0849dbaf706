"""Where an edit stands in a file's tree: the construct, its statement, its function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from repairbot.model import Region
from repairbot.repair.layout import Layout
from repairbot.repair.refused import Refused
from repairbot.source.files import Parsed

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


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


def first_line(node: ast.stmt) -> int:
    """The line a statement begins on, its decorators included."""
    match node:
        case ast.FunctionDef(decorator_list=[first, *_]) | ast.AsyncFunctionDef(decorator_list=[first, *_]):
            return first.lineno
        case ast.ClassDef(decorator_list=[first, *_]):
            return first.lineno
        case _:
            return node.lineno


@dataclass(frozen=True)
class Document:
    """An unmodified file: its layout and tree, and for each node the one above."""

    path: str
    layout: Layout = field(repr=False)
    tree: ast.Module = field(repr=False)

    @classmethod
    def of(cls, parsed: Parsed) -> Document:
        """Raises Refused for a file that cannot be written back as it is."""
        return cls(parsed.file.path, Layout.of(parsed.data), parsed.tree)

    @cached_property
    def above(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def loops(self) -> dict[tuple[int, int], Loop]:
        """Each `async for` statement by where it starts."""
        return {self.start(node): Loop(node) for node in ast.walk(self.tree) if isinstance(node, ast.AsyncFor)}

    @cached_property
    def clauses(self) -> dict[tuple[int, int], Clause]:
        """Each asynchronous clause of a comprehension by where its iterated expression ends."""
        return {
            self.end(generator.iter): Clause(node, index)
            for node in ast.walk(self.tree)
            if isinstance(node, Comprehension)
            for index, generator in enumerate(node.generators)
            if generator.is_async
        }

    @cached_property
    def functions(self) -> dict[tuple[int, int], Function]:
        """Each function by where its `def` or `async` stands."""
        return {self.start(node): node for node in ast.walk(self.tree) if isinstance(node, Function)}

    @cached_property
    def declarations(self) -> list[ast.Global | ast.Nonlocal]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Global | ast.Nonlocal)]

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """The imports that stand at the top of the module."""
        return [node for node in self.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]

    @cached_property
    def bound(self) -> dict[ast.AST, dict[str, list[ast.AST]]]:
        """What binds each name of a scope, for the scopes that were asked for."""
        return {}

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


def construct(document: Document, region: Region) -> Loop | Clause:
    """What a recast's region names. Raises Refused when nothing of that kind stands there."""
    loop = document.loops.get((region.line, region.column))
    found = loop or document.clauses.get((region.end_line, region.end_column))
    if found is None:
        raise Refused(f"nothing to rewrite stands at line {region.line} of {document.path}")
    return found
