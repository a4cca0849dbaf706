"""What `from module import *` brings: by `__all__` where that can be read, else every public name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from repairbot.protocols import names, swallowing
from repairbot.protocols.bindings import Binding, Imported
from repairbot.protocols.flow import STAR
from repairbot.protocols.joining import union
from repairbot.protocols.links import explained, unknown
from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.reaching import UNBOUND
from repairbot.protocols.scopes import Scope
from repairbot.protocols.values import Unknown, Value
from repairbot.source.files import Missing, ModuleFile

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

DEEPEST = 10


def brought(
    r: Resolver, name: str, scope: Scope, statement: ast.AST | None, others: Sequence[Binding]
) -> tuple[list[Value], bool]:
    """What star imports make of a name, and whether one that does is met on every path.

    `others` are its other bindings that reach the statement, UNBOUND among them: a star import before all of them
    brings nothing more.
    """
    stars = scope.flow.reaching(STAR, statement, swallowing.in_scope(r, scope))
    bound = [one for one in others if one is not UNBOUND]
    first = min(map(_position, bound)) if bound and UNBOUND not in others else (0, 0)
    values: list[Value] = []
    everywhere = UNBOUND not in stars
    for star in sorted((one for one in stars if one is not UNBOUND), key=_position):
        some = [*_brought(r, star, name, scope)] if _position(star) >= first else []
        everywhere = everywhere and bool(some)
        values += some
    return values, everywhere and bool(values)


def _position(binding: Binding) -> tuple[int, int]:
    return getattr(binding.node, "lineno", 0), getattr(binding.node, "col_offset", 0)


def _brought(r: Resolver, star: Binding, name: str, scope: Scope) -> Iterator[Value]:
    if not isinstance(star, Imported):
        yield unknown(scope, scope.node, f"`{name}` may come from one of very many star imports")
        return
    file = names.imported_module(r, star, scope)
    if isinstance(file, Missing):
        yield unknown(scope, star.node, f"`{name}` may come from `{star.module}`: {file.reason}")
        return
    value = _exported(r, file, name)
    if value is not None:
        yield explained(value, scope, star.node, f"`{name}` comes from `{star.module}` by a star import")


def _exported(r: Resolver, file: ModuleFile, name: str) -> Value | None:
    scope = r.module(file)
    if isinstance(scope, Unknown):
        return scope
    if scope not in r.listed:
        r.listed[scope] = _listed(r, scope, 0)
    listed = r.listed[scope]
    if listed is None:
        return None if name.startswith("_") else names.exported(r, file, name)
    if isinstance(listed, Unknown):
        value = names.exported(r, file, name)
        return value if value is None else union([value, listed])
    return names.member(r, file, name) if name in listed else None


def _listed(r: Resolver, scope: Scope, depth: int) -> frozenset[str] | Unknown | None:
    """The names in `__all__`; None when there is none, Unknown when it cannot be read."""
    if "__all__" not in scope.parsed.text:
        return None
    mentions = [node for node, _ in nodes_on(scope.parsed, scope.parsed.lines_with("__all__")) if _mentions(node)]
    if not mentions:
        return None
    if depth > DEEPEST:
        return unknown(scope, mentions[0], f"the `__all__` of `{scope.file.name}` leads too far")
    reading = _Reading(r, scope, depth)
    reading.statements(scope.parsed.tree.body)
    if reading.failed or {id(one) for one in mentions} != reading.seen:
        return unknown(scope, mentions[0], f"the `__all__` of `{scope.file.name}` cannot be read")
    return frozenset(reading.names)


def _mentions(node: ast.AST) -> bool:
    match node:
        case ast.Name(id="__all__") | ast.alias(name="__all__", asname=None) | ast.alias(asname="__all__"):
            return True
        case ast.Global(names=listed):
            return "__all__" in listed
    return False


class _Reading:
    """Follows what the statements of a module make of `__all__`, as long as they are plain."""

    def __init__(self, r: Resolver, scope: Scope, depth: int) -> None:
        self.r = r
        self.scope = scope
        self.depth = depth
        self.names: list[str] = []
        self.seen: set[int] = set()
        self.failed = False

    def statements(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            match statement:
                case ast.Assign(targets=[ast.Name(id="__all__") as target], value=value):
                    self.names = self.read(value)
                case ast.AnnAssign(target=ast.Name(id="__all__") as target, value=ast.expr() as value):
                    self.names = self.read(value)
                case ast.AugAssign(target=ast.Name(id="__all__") as target, op=ast.Add(), value=value):
                    self.names = self.names + self.read(value)
                case ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Name(id="__all__") as target, attr=method), args=[value]
                    )
                ):
                    self.call(method, value)
                case ast.If(test=test) if (truth := self.scope.tests.truth(test)) is not None:
                    self.skipped(statement.orelse if truth else statement.body)
                    self.statements(statement.body if truth else statement.orelse)
                    continue
                case _:
                    continue
            self.seen.add(id(target))

    def skipped(self, body: Sequence[ast.stmt]) -> None:
        self.seen |= {id(node) for statement in body for node in ast.walk(statement) if _mentions(node)}

    def call(self, method: str, value: ast.expr) -> None:
        match method, value:
            case "append", ast.Constant(value=str(name)):
                self.names = [*self.names, name]
            case "extend", _:
                self.names = self.names + self.read(value)
            case "remove", ast.Constant(value=str(name)):
                self.names = [one for one in self.names if one != name]
            case _:
                self.failed = True

    def read(self, node: ast.expr) -> list[str]:
        """The strings of a list that is written out, added up, or another module's."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return [name for part in parts for name in self.part(part)]
            case ast.BinOp(op=ast.Add()):
                return [name for term in _terms(node) for name in self.read(term)]
            case ast.Name(id="__all__"):
                self.seen.add(id(node))
                return self.names
            case ast.Attribute(value=owner, attr="__all__"):
                return self.of_module(owner)
        self.failed = True
        return []

    def part(self, node: ast.expr) -> list[str]:
        match node:
            case ast.Constant(value=str(name)):
                return [name]
            case ast.Starred(value=inner):
                return self.read(inner)
        self.failed = True
        return []

    def of_module(self, owner: ast.expr) -> list[str]:
        file = _module(self.r, owner, self.scope)
        scope = self.r.module(file) if isinstance(file, ModuleFile) else None
        listed = _listed(self.r, scope, self.depth + 1) if isinstance(scope, Scope) else None
        if isinstance(listed, frozenset):
            return sorted(listed)
        self.failed = True
        return []


def _terms(node: ast.expr) -> list[ast.expr]:
    """The terms of a sum in order; long ones nest too deep to be walked by calls."""
    found: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _module(r: Resolver, node: ast.expr, scope: Scope) -> ModuleFile | Missing | None:
    """The module that a name means by its one import: asking for its value could lead back to the list being read."""
    bindings = list(scope.flow.every.get(node.id, ())) if isinstance(node, ast.Name) else []
    match bindings:
        case [Imported(member=None) as binding]:
            return names.imported_module(r, binding, scope)
        case [Imported(member=str(member)) as binding] if member != STAR:
            package = names.imported_module(r, binding, scope)
            return r.modules.submodule(package, member) if isinstance(package, ModuleFile) else package
    return None
