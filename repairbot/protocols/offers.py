"""What an object can do: which special methods and attributes it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import classes, remade, setters
from repairbot.protocols.descriptions import described
from repairbot.protocols.links import unknown
from repairbot.protocols.values import (
    Applied,
    AsyncElements,
    Class,
    Function,
    Instance,
    Kind,
    Known,
    Partial,
    Pending,
    Produced,
    Sequence,
    Special,
    Super,
    Supplier,
    TypeForm,
    TypeVariable,
    Unknown,
    Wrapped,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

# What the objects that calls make have (types module and contextlib of CPython, the same from 3.9 to 3.14).
_PRODUCED = {
    Kind.ASYNC_MANAGER: {"__aenter__", "__aexit__", "__call__"},
    Kind.SYNC_MANAGER: {"__enter__", "__exit__", "__call__"},
    Kind.ASYNC_GENERATOR: {"__aiter__", "__anext__"},
    Kind.GENERATOR: {"__iter__", "__next__"},
    Kind.COROUTINE: {"__await__"},
}


_METHODS = {
    Kind.ASYNC_MANAGER: {"gen", "args", "kwds", "func"},
    Kind.SYNC_MANAGER: {"gen", "args", "kwds", "func"},
    Kind.ASYNC_GENERATOR: {
        "aclose",
        "asend",
        "athrow",
        "ag_await",
        "ag_code",
        "ag_frame",
        "ag_running",
        "ag_suspended",
    },
    Kind.GENERATOR: {"close", "send", "throw", "gi_code", "gi_frame", "gi_running", "gi_suspended", "gi_yieldfrom"},
    Kind.COROUTINE: {
        "close",
        "send",
        "throw",
        "cr_await",
        "cr_code",
        "cr_frame",
        "cr_origin",
        "cr_running",
        "cr_suspended",
    },
}


def has(r: Resolver, value: Known | Unknown, dunder: str) -> bool | None:
    """Whether the object's type has a special method; None when that cannot be told."""
    match value:
        case Unknown() | Special() | Applied() | TypeForm() | TypeVariable() | Super():
            return None
        case Produced(kind=kind):
            return dunder in _PRODUCED[kind]
        case AsyncElements():
            return dunder in ("__aiter__", "__anext__")
        case Pending():
            return True if dunder == "__await__" else None
        case Instance():
            return _instance_has(r, value, dunder)
        case Sequence(cls=cls):
            return has(r, cls, dunder) if isinstance(cls, Instance) else None
        case Class():
            return _class_has(r, value)
        case Function() | Wrapped() | Partial() | Supplier():
            return dunder in ("__call__", "__get__")
    return False


def _instance_has(r: Resolver, value: Instance, dunder: str) -> bool | None:
    lineage = classes.lineage(r, value.cls)
    if not value.exact:
        r.assume(value.cls, dunder)
    if doubtful(r, value.cls, dunder) is not None:
        return None
    answers: set[bool | None] = set()
    for base in lineage:
        if isinstance(base, Unknown):
            return None
        found = classes.offered(r, base, dunder)
        answers |= found
        if found and classes.is_settled(base, dunder):
            break
    else:
        answers.add(None if value.declared and classes.is_protocol(r, value.cls) else _without(lineage))
    return answers.pop() if len(answers) == 1 else None


def _without(lineage: tuple[Class | Unknown, ...]) -> bool | None:
    """What a class comes to in whose bodies a special method is not bound.

    Special methods are not looked up through `__getattr__`, but such classes stand in for others and are filled in at
    run time more often than not. In our own stubs it only says that not every attribute is listed; special methods
    always are.
    """
    for base in lineage:
        if (
            isinstance(base, Class)
            and "__getattr__" in base.scope.flow.after
            and base.scope.file.origin is not Origin.STUB
        ):
            return None
    return False


def doubtful(r: Resolver, cls: Class, dunder: str) -> Unknown | None:
    """What may give objects of a class a special method, or take it, beside the bodies of the class and its bases."""
    changed = remade.changed_as_a_whole(r, cls)
    if changed is not None:
        return changed
    for put in setters.on_class(r, cls, dunder, exact=True):
        if put.on_class:
            return Unknown(f"`{dunder}` of `{cls.name}` is set from outside", put.value.evidence)
    for base in classes.lineage(r, cls):
        for binding, method in r.assigned(base.scope).get(dunder, ()) if isinstance(base, Class) else ():
            return unknown(method, binding.node, f"a method of `{cls.name}` sets `{dunder}`")
    return None


def _class_has(r: Resolver, cls: Class) -> bool | None:
    """Special methods of a class object come from its metaclass."""
    for base in classes.lineage(r, cls):
        if isinstance(base, Unknown) or any(keyword.arg in ("metaclass", None) for keyword in base.node.keywords):
            return None
    return False


def unknown_reason(r: Resolver, value: Known | Unknown) -> Unknown:
    """Why `has` could not tell."""
    match value:
        case Unknown():
            return value
        case Instance(cls=cls):
            for dunder in ("__aiter__", "__aenter__"):
                if (doubt := doubtful(r, cls, dunder)) is not None:
                    return doubt
            for base in classes.lineage(r, cls):
                if isinstance(base, Unknown):
                    return Unknown(
                        f"`{cls.name}` has a base that could not be resolved: {base.reason}",
                        value.evidence + base.evidence,
                    )
                if "__getattr__" in base.scope.flow.after:
                    return Unknown(f"`{cls.name}` answers to any attribute by `__getattr__`", value.evidence)
            if value.declared and classes.is_protocol(r, cls):
                reason = f"`{cls.name}` says what an object has, and not what it lacks"
                return Unknown(reason, value.evidence)
            return Unknown(f"whether `{cls.name}` has the special method depends on the run", value.evidence)
    return Unknown(f"what {described(value)} can do is not known", value.evidence)


def has_attribute(r: Resolver, value: Known | Unknown, name: str) -> bool | None:
    """Whether an object has an attribute; None when that cannot be told."""
    match value:
        case Instance(cls=cls):
            lineage = classes.lineage(r, cls)
            if any(isinstance(base, Class) and _binds(r, base, name) for base in lineage):
                return True
            if any(isinstance(base, Unknown) or "__getattr__" in base.scope.flow.after for base in lineage):
                return None
            return None if value.declared and classes.is_protocol(r, cls) else False
        case Produced(kind=kind):
            return name in _PRODUCED[kind] or name in _METHODS[kind] or name in dir(object)
    return None


def _binds(r: Resolver, cls: Class, name: str) -> bool:
    return name in cls.scope.flow.every or name in r.assigned(cls.scope)
