"""How the target uses one of its own functions: every call found by name, resolved, and sorted by its construct."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from repairbot.protocols.nodes import nodes_on
from repairbot.protocols.scopes import Scope, place_of
from repairbot.protocols.special import special
from repairbot.protocols.values import Function, Partial, Special, Unknown, Value, Wrapped, alternatives
from repairbot.source.files import ModuleFile

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

MOST_FILES = 300


class Use(StrEnum):
    """The construct that a use stands in."""

    ENTERED = "entered with `async with`"
    ENTERED_SYNC = "entered with `with`"
    ITERATED = "iterated with `async for`"
    ITERATED_SYNC = "iterated with `for`"
    AWAITED = "awaited"
    DEPENDS = "passed to `Depends`"
    CALLED = "called otherwise"
    PASSED = "passed on without a call"


@dataclass(frozen=True, slots=True)
class Place:
    """One use: where, and as what."""

    path: str
    line: int
    use: Use


@dataclass(frozen=True)
class Uses:
    """All uses that could be resolved; `unresolved` counts mentions of the name that could not; `complete` is False
    when there were too many files to look at."""

    places: tuple[Place, ...] = ()
    unresolved: int = 0
    complete: bool = True

    @cached_property
    def _counted(self) -> Counter[Use]:
        return Counter(place.use for place in self.places)

    def count(self, use: Use) -> int:
        return self._counted[use]

    def __str__(self) -> str:
        counted = self._counted
        parts = [f"{counted[use]} {use.value}" for use in Use if counted[use]]
        text = ", ".join(parts) or "none"
        return text + ("" if self.complete else " (not every file was looked at)")


class Searchable(Protocol):
    """What a search for uses needs of a snapshot."""

    def containing(self, word: bytes) -> tuple[str, ...]: ...

    def file(self, path: str) -> ModuleFile: ...


def uses_of(r: Resolver, snapshot: Searchable, function: Function) -> Uses:
    """Every use of a function in the target; other objects of the same name are told apart by resolving each."""
    name = function.name
    paths = snapshot.containing(name.encode())
    found: list[Place] = []
    unresolved = 0
    for path in paths[:MOST_FILES]:
        scope = r.module(snapshot.file(path))
        if isinstance(scope, Unknown):
            continue
        for place in _uses_in(r, scope, function):
            if place is None:
                unresolved += 1
            else:
                found.append(place)
    return Uses(tuple(found), unresolved, len(paths) <= MOST_FILES)


def _uses_in(r: Resolver, module: Scope, function: Function) -> Iterator[Place | None]:
    names = _aliases(module, function.name)
    for node, ancestors in nodes_on(module.parsed, module.parsed.lines_with(*names)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()) if name in names:
                value = r.ask(node, place_of(module, ancestors, node))[0]
                if any(leads_to(one, function) for one in alternatives(value)):
                    yield Place(module.file.path, node.lineno, _use(r, module, node, ancestors))
                elif isinstance(value, Unknown):
                    yield None


def _aliases(module: Scope, name: str) -> set[str]:
    """The name, and what imports of it in this file call it."""
    found = {name}
    for node, _ in nodes_on(module.parsed, module.parsed.lines_matching(re.compile(rf"{re.escape(name)}\s+as\b"))):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname for alias in node.names if alias.name == name and alias.asname}
    return found


def leads_to(value: Value, function: Function) -> bool:
    """Whether calling the value calls the function, by its own definition."""
    match value:
        case Function(scope=scope):
            return scope.node is function.scope.node
        case Wrapped(inner=inner):
            return any(leads_to(one, function) for one in alternatives(inner))
        case Partial(function=inner):
            return any(leads_to(one, function) for one in alternatives(inner))
    return False


def _use(r: Resolver, module: Scope, node: ast.expr, ancestors: tuple[ast.AST, ...]) -> Use:
    parent = ancestors[-1] if ancestors else None
    if not (isinstance(parent, ast.Call) and parent.func is node):
        if isinstance(parent, ast.Call) and _is_depends(r, module, parent, ancestors[:-1]):
            return Use.DEPENDS
        return Use.PASSED
    around = ancestors[-2] if len(ancestors) > 1 else None
    match around:
        case ast.withitem():
            return Use.ENTERED if isinstance(ancestors[-3], ast.AsyncWith) else Use.ENTERED_SYNC
        case ast.AsyncFor(iter=expression) | ast.comprehension(iter=expression, is_async=1) if expression is parent:
            return Use.ITERATED
        case ast.For(iter=expression) | ast.comprehension(iter=expression) if expression is parent:
            return Use.ITERATED_SYNC
        case ast.Await():
            return Use.AWAITED
    return Use.CALLED


def _is_depends(r: Resolver, module: Scope, call: ast.Call, ancestors: tuple[ast.AST, ...]) -> bool:
    value = r.ask(call.func, place_of(module, ancestors, call))[0]
    external = value.external if isinstance(value, Unknown) else None
    return value in _DEPENDS or (external is not None and special(external) in ("fastapi.Depends", "fastapi.Security"))


_DEPENDS = (Special("fastapi.Depends"), Special("fastapi.Security"))
