"""Fields of records: a name of a class body that the constructor sets, so that its value is only a default."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from repairbot.protocols import classes
from repairbot.protocols.bindings import Assigned
from repairbot.protocols.links import unknown
from repairbot.protocols.scopes import Place
from repairbot.protocols.values import Class, Special, Unknown, Value

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

# Bases that make no constructor out of annotations.
_PLAIN = frozenset({"object", "ABC", "Generic", "Protocol"})


def is_field(r: Resolver, cls: Class, name: str) -> bool:
    """Whether the constructor may set an annotated name: that of a decorated class, or of one below a library's."""
    bound = cls.scope.flow.after.get(name, ())
    annotations = [one.annotation for one in bound if isinstance(one, Assigned) and one.annotation is not None]
    if not annotations or not classes.is_own(cls):
        return False
    return _is_record(r, cls) and not any(_is_class_variable(r, one, cls) for one in annotations)


def _is_record(r: Resolver, cls: Class) -> bool:
    bound = (cls.scope.parent or cls.scope).flow.every.get(cls.name, ())
    if cls.node.decorator_list or any(isinstance(one, Assigned) for one in bound):
        return True
    return any(
        isinstance(base, Unknown) or not (classes.is_own(base) or base.name in _PLAIN)
        for base in classes.lineage(r, cls)
    )


def _is_class_variable(r: Resolver, annotation: ast.expr, cls: Class) -> bool:
    head = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    if isinstance(head, ast.Constant):
        return isinstance(head.value, str) and "ClassVar" in head.value
    return r.value(head, Place(cls.scope)) == Special("typing.ClassVar")


def given(cls: Class, name: str, declared: Value | None) -> Value:
    """What a field holds where its object's construction is not known: what its annotation says."""
    if declared is not None and not isinstance(declared, Unknown):
        return declared
    return unknown(cls.scope, cls.node, f"`{name}` of `{cls.name}` is a field: another value may be passed")
