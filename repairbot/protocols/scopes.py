"""Where an expression stands: the scope around it, the statement it belongs to, and the call it is evaluated in."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from repairbot.protocols.bindings import Binding, Iterated, ScopeNode, targets
from repairbot.protocols.flow import Flow
from repairbot.protocols.nodes import spans
from repairbot.protocols.outcomes import Tests
from repairbot.protocols.walk import TELLING_WORDS, analyse
from repairbot.source.files import ModuleFile, Parsed

if TYPE_CHECKING:
    from repairbot.protocols.frames import Frame

SCOPES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)

_BY_TEXT = re.compile(r"\b(?:globals|exec|vars|locals)\(|\b__globals__\b|\bmodules\[|\bglobals\s+as\b")


@dataclass(frozen=True, eq=False)
class Scope:
    """One module, class, function or lambda of one file; equal only to itself."""

    node: ScopeNode
    parsed: Parsed = field(repr=False)
    parent: Scope | None = field(repr=False)
    inner: dict[int, Scope] = field(default_factory=dict, repr=False)
    # The names that the clauses of comprehensions bind, with their unpacking paths.
    clauses: dict[ast.comprehension, dict[str, tuple[int | None, ...]]] = field(default_factory=dict, repr=False)
    comprehended: set[str] = field(default_factory=set, repr=False)
    # Of its names: whether the list or dict they hold is only read.
    only_read: dict[str, bool] = field(default_factory=dict, repr=False)
    # Of a class: whether something in its file gives an attribute of a name another value.
    rebound: dict[str, bool] = field(default_factory=dict, repr=False)

    @property
    def file(self) -> ModuleFile:
        return self.parsed.file

    @cached_property
    def flow(self) -> Flow:
        module = self.module
        return analyse(self.node, module.telling_lines, module.tests.truth)

    @cached_property
    def telling_lines(self) -> list[int]:
        return self.parsed.lines_with(*TELLING_WORDS)

    @cached_property
    def tests(self) -> Tests:
        return Tests(self.parsed)

    @property
    def is_class(self) -> bool:
        return isinstance(self.node, ast.ClassDef)

    @property
    def is_module(self) -> bool:
        return self.parent is None

    @property
    def module(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def inside(self, node: ScopeNode) -> Scope:
        """The scope of a definition that stands directly in this one."""
        found = self.inner.get(id(node))
        if found is None:
            found = self.inner[id(node)] = Scope(node, self.parsed, self)
        return found

    @property
    def qualified_name(self) -> str:
        """`Class.method` or `outer.<locals>.inner` as Python writes it; empty for a module."""
        if self.parent is None:
            return ""
        name = getattr(self.node, "name", "<lambda>")
        if self.parent.is_module:
            return name
        joint = "." if self.parent.is_class else ".<locals>."
        return self.parent.qualified_name + joint + name

    @cached_property
    def declares_outward(self) -> bool:
        """Whether any scope of this module's file can say `global` or `nonlocal`."""
        return "global" in self.parsed.text or "nonlocal" in self.parsed.text

    @cached_property
    def reaches_its_names(self) -> bool:
        """Whether anything in this module's file may set its names by their texts."""
        return _BY_TEXT.search(self.parsed.text) is not None

    def may_comprehend(self, name: str, clauses: Sequence[ast.comprehension]) -> bool:
        """Whether a comprehension seen in this scope so far binds a name, these clauses (from outside in) included."""
        for clause in reversed(clauses):
            if clause in self.clauses:
                break  # and with it those around it
            self.clauses[clause] = dict(targets(clause.target))
            self.comprehended.update(self.clauses[clause])
        return name in self.comprehended

    @cached_property
    def foreign(self) -> dict[str, list[tuple[Binding, Scope]]]:
        """Bindings of this scope's names that scopes inside make through `global` and `nonlocal`."""
        found: dict[str, list[tuple[Binding, Scope]]] = {}
        for inner in _reaching_out(self):
            for name in inner.flow.globals if self.is_module else inner.flow.nonlocals:
                for binding in inner.flow.every.get(name, ()):
                    found.setdefault(name, []).append((binding, inner))
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """A point of evaluation: `statement` None means the end of the scope, `comprehensions` go from outside in."""

    scope: Scope
    statement: ast.AST | None = None
    frame: Frame | None = None
    comprehensions: tuple[ast.comprehension, ...] = ()
    _hash: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.scope, self.statement, self.frame, self.comprehensions)))

    def __hash__(self) -> int:
        return self._hash

    def at(self, statement: ast.AST | None) -> Place:
        return Place(self.scope, statement, self.frame)

    def comprehended(self, name: str) -> Iterated | None:
        """The binding of `name` by an enclosing comprehension, innermost first."""
        if not self.comprehensions or not self.scope.may_comprehend(name, self.comprehensions):
            return None
        for clause in reversed(self.comprehensions):
            path = self.scope.clauses[clause].get(name)
            if path is not None:
                return Iterated(name, clause, clause.iter, path)
        return None

    def under(self, *clauses: ast.comprehension) -> Place:
        return Place(self.scope, self.statement, self.frame, (*self.comprehensions, *clauses))


def place_of(module: Scope, ancestors: Sequence[ast.AST], node: ast.AST) -> Place:
    """The place of `node` below `ancestors` (outermost first, the module left out).

    The first iterable of a comprehension belongs to the scope around it, all else of it to the comprehension.
    """
    scope, statement = module, None
    clauses: list[ast.comprehension] = []
    chain = [*ancestors, node]
    for parent, child in zip(chain, [*chain[1:], None], strict=True):
        if isinstance(parent, ast.stmt):
            statement, clauses = parent, []
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            # Decorators, defaults and bases are evaluated outside.
            if isinstance(child, ast.stmt):
                scope, statement = scope.inside(parent), None
        elif isinstance(parent, ast.Lambda) and child is parent.body:
            scope, statement, clauses = scope.inside(parent), None, []
        elif isinstance(parent, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            if isinstance(child, ast.comprehension):
                clauses.extend(parent.generators[: parent.generators.index(child)])
            elif child is not None:
                clauses.extend(parent.generators)
    return Place(scope, statement, None, tuple(clauses))


def _reaching_out(scope: Scope) -> list[Scope]:
    """Every scope below that says `global` or `nonlocal`, found by walking statements with such words only."""
    found: list[Scope] = []
    if isinstance(scope.node, ast.Lambda):
        return found
    lines = scope.parsed.lines_with("global", "nonlocal")
    stack: list[tuple[Scope, ast.AST]] = [(scope, statement) for statement in scope.node.body]
    while stack:
        owner, node = stack.pop()
        if not spans(node, lines):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            owner = owner.inside(node)
            if owner.flow.outward:
                found.append(owner)
        stack.extend(
            (owner, child)
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
        )
    return found
