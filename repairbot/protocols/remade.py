"""Classes that get other names than their bodies and bases give them: by a metaclass, a decorator, or as a whole."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import classes, setters
from repairbot.protocols.joining import CYCLE
from repairbot.protocols.links import short, unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import Class, Nothing, Unknown, alternatives

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_MAKES = frozenset({"__new__", "__init__", "__prepare__", "__getattribute__", "__getattr__"})
_CHANGES = re.compile(
    r"\b(?:setattr|__dict__|vars|__setattr__|exec)\b|\btype\(|\.__(?:a?enter|a?exit|a?iter|a?next|await|call|class|new)__\s*=[^=]"
)


def changed_as_a_whole(r: Resolver, cls: Class) -> Unknown | None:
    """What may give a class other names than its body and bases do: a metaclass, a decorator, another `__class__`."""
    if r.takes_literally:
        return None
    found = r.remembered(("changed", cls.scope), lambda: _changed_as_a_whole(r, Class(cls.scope)) or Nothing())
    return found if isinstance(found, Unknown) and found != CYCLE else None


def _changed_as_a_whole(r: Resolver, cls: Class) -> Unknown | None:
    for base in classes.lineage(r, cls):
        if isinstance(base, Unknown) or not classes.is_own(base):
            continue
        meta = classes.metaclass(r, base)
        for one in classes.lineage(r, meta) if meta is not None else ():
            if isinstance(one, Class) and classes.is_own(one) and not _MAKES.isdisjoint(one.scope.flow.after):
                return unknown(base.scope, base.node, f"the metaclass `{one.name}` may change `{base.name}`")
        if r.assigned(base.scope).get("__class__"):
            return unknown(base.scope, base.node, f"a method of `{base.name}` sets the class of its object")
        if _writes_itself(base):
            return unknown(base.scope, base.node, f"the body of `{base.name}` sets names that it computes")
        for decorator in base.node.decorator_list:
            if (found := _changing(r, decorator, base)) is not None:
                return found
    for name in ("__class__", "__bases__") if classes.is_own(cls) else ():
        for put in setters.on_class(r, cls, name, exact=True):
            evidence = put.value.evidence
            return Unknown(f"`{name}` of `{cls.name}` or of an object of it is set", evidence)
    return None


_WRITES = re.compile(r"\b(?:exec|vars|locals)\(")


def _writes_itself(cls: Class) -> bool:
    """Whether the body of a class, without its methods, calls what may set names of it."""
    if not _WRITES.search(cls.scope.parsed.text):
        return False
    stack: list[ast.AST] = list(cls.node.body)
    while stack:
        node = stack.pop()
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("exec", "vars", "locals")
        ):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return False


def _changing(r: Resolver, decorator: ast.expr, cls: Class) -> Unknown | None:
    """A decorator of the project whose source sets names that it computes."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    value = r.value(called, Place(cls.scope.parent or cls.scope, cls.node, cls.frame))
    for one in alternatives(value):
        scope = getattr(one, "scope", None)
        if not isinstance(scope, Scope) or scope.file.origin is not Origin.SOURCE:
            continue
        if _CHANGES.search(scope.parsed.segment(scope.node)):
            return unknown(cls.scope, decorator, f"the decorator `{short(called)}` may change `{cls.name}`")
    return None
