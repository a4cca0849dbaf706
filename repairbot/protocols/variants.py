"""Subclasses inside the target that give an attribute another meaning than the class that was resolved."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols import attributes, calls, classes, offers, results
from repairbot.protocols.frames import Arguments
from repairbot.protocols.links import link
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.uses import Searchable
from repairbot.protocols.values import (
    Class,
    Function,
    Instance,
    Kind,
    Known,
    Partial,
    Produced,
    Supplier,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

MOST_FILES = 200


def contradiction(r: Resolver, snapshot: Searchable, cls: Class, name: str) -> Unknown | None:
    """Unknown when a subclass of `cls` in the target makes something of another kind of attribute `name`."""
    # Both names must stand in a file that subclasses and overrides; through an alias the class has another name.
    holders = set(snapshot.containing(name.encode()))
    pending, seen = [cls], {cls.scope}
    looked = 0
    while pending:
        parent = pending.pop()
        for path in snapshot.containing(parent.name.encode()):
            looked += 1
            if looked > MOST_FILES:
                return Unknown(f"`{cls.name}` has too many mentions to look at all its subclasses")
            module = r.module(snapshot.file(path))
            if isinstance(module, Unknown):
                continue
            for below in _subclasses(r, module, parent):
                if below.scope in seen:
                    continue
                seen.add(below.scope)
                pending.append(below)
                if path in holders and (found := _differs(r, cls, below, name)) is not None:
                    return found
    return None


def _subclasses(r: Resolver, module: Scope, parent: Class) -> list[Class]:
    """The classes of a module whose direct bases include the class."""
    found = []
    for scope in _class_scopes(module):
        below = Class(scope)
        if any(isinstance(base, Class) and base.scope is parent.scope for base in classes.bases(r, below)):
            found.append(below)
    return found


def _class_scopes(module: Scope) -> list[Scope]:
    found: list[Scope] = []
    stack: list[tuple[Scope, ast.AST]] = [(module, statement) for statement in module.parsed.tree.body]
    while stack:
        owner, node = stack.pop()
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            owner = owner.inside(node)
            if isinstance(node, ast.ClassDef) and node.bases:
                found.append(owner)
        stack.extend(
            (owner, child)
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case)
        )
    return found


def _differs(r: Resolver, cls: Class, below: Class, name: str) -> Unknown | None:
    own = name in below.scope.flow.after or name in r.assigned(below.scope)
    if not own:
        return None
    before = attributes.attribute(r, Instance(cls), name)
    after = attributes.attribute(r, Instance(below), name)
    place = Place(below.scope)
    if _kinds(r, after, place) <= _kinds(r, before, place):
        return None
    reason = f"`{below.name}`, a subclass of `{cls.name}`, has another `{name}`"
    return Unknown(reason, (link(below.scope, below.node, reason),))


def _kinds(r: Resolver, value: Value, place: Place) -> frozenset[object]:
    """What the objects, their calls and the results of awaiting those can do: all that a construct may depend on."""
    return frozenset(_kind(r, one, place) for one in alternatives(value))


def _kind(r: Resolver, value: Known | Unknown, place: Place) -> object:
    match value:
        case Function() | Wrapped() | Partial() | Supplier():
            called = calls.call(r, value, Arguments(complete=False), place.scope.node, place)
            return "callable", frozenset(_protocols(r, one) for one in alternatives(called))
    return _protocols(r, value)


def _protocols(r: Resolver, value: Known | Unknown) -> object:
    match value:
        case Unknown():
            return object()  # equal to nothing: what is not known may differ
        case Produced(kind=Kind.COROUTINE):
            awaited = results.awaited(r, value)
            return "coroutine", frozenset(_protocols(r, one) for one in alternatives(awaited))
    answers = tuple(offers.has(r, value, dunder) for dunder in _ASKED)
    return object() if None in answers else answers


_ASKED = ("__aiter__", "__aenter__")
