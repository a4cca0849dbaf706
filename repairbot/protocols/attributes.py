"""What `object.name` is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from repairbot.protocols import calls, classes, fields, names, offers, remade, results, setters, subclasses
from repairbot.protocols.bindings import Assigned, Declared, Opaque
from repairbot.protocols.descriptions import described
from repairbot.protocols.frames import Arguments
from repairbot.protocols.joining import each, through, union
from repairbot.protocols.links import unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.special import special
from repairbot.protocols.values import (
    AsyncElements,
    Class,
    Function,
    Instance,
    Kind,
    Known,
    Module,
    Nothing,
    Partial,
    Pending,
    Produced,
    Special,
    Super,
    Supplier,
    Unknown,
    Value,
    Wrapped,
    Wrapping,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver


def attribute(r: Resolver, value: Known | Unknown, name: str) -> Value:
    """The value of an attribute, after the chain to the object; Unknown with the reason when it cannot be told."""
    return through(value, lambda one: _attribute(r, one, name))


def _attribute(r: Resolver, value: Known | Unknown, name: str) -> Value:
    match value:
        case Unknown():
            return _external(value, name)
        case Module():
            return names.member(r, value.file, name)
        case Instance():
            return _of_instance(r, value, name)
        case Class():
            return _of_class(r, value, name)
        case Super(cls=cls, receiver=receiver):
            return _of_super(r, cls, receiver, name)
        case Produced() | AsyncElements() | Pending():
            return _of_produced(r, value, name)
        case Nothing():
            return Unknown(f"None has no attribute `{name}`", value.evidence)
    return Unknown(f"attribute `{name}` of {described(value)} is not followed", value.evidence)


def _external(value: Unknown, name: str) -> Value:
    """An attribute of something in a library that could not be read; a few of those names need no reading."""
    if value.external is None:
        return value
    dotted = f"{value.external}.{name}"
    canonical = special(dotted)
    return Special(canonical) if canonical else replace(value, external=dotted)


def _of_instance(r: Resolver, instance: Instance, name: str) -> Value:
    key = ("attribute", instance, name)
    return r.remembered(key, lambda: _found_on(r, instance, name))


def _found_on(r: Resolver, instance: Instance, name: str) -> Value:
    cls = instance.cls
    if not instance.exact and classes.is_own(cls):
        r.assume(cls, name)
    lineage = classes.lineage(r, cls)
    # A property (or any other function of the class) decides before what `self.name = …` stores.
    in_class = _in_bodies(r, lineage, name, instance)
    stored = [*_stored(r, lineage, name, instance), *_put(r, cls, name, instance, exact=instance.exact)]
    doubt = _doubtful(r, cls, lineage, is_stored=bool(stored))
    if doubt is not None:
        return doubt
    if in_class is None and not stored:
        return _absent(cls, lineage, name)
    if stored:
        declared = next(
            (one for base in lineage if isinstance(base, Class) and (one := classes.declared_value(r, base, name))),
            None,
        )
        value = union([*stored, in_class] if in_class is not None and _has_value(lineage, name) else stored)
        unresolved = any(isinstance(one, Unknown) for one in alternatives(value))
        return declared if declared is not None and unresolved else value
    assert in_class is not None
    if instance.declared and classes.is_protocol(r, cls, abstract=False):
        return each(in_class, lambda one: _promised(one, cls))
    return in_class


def _promised(value: Known | Unknown, cls: Class) -> Value:
    """What a Protocol says of an attribute: of a method only what it is declared to give, not what its body does."""
    if isinstance(value, Function) and not calls.is_promise(value):
        return unknown(cls.scope, value.node, f"`{value.name}` of the protocol `{cls.name}` may do something else")
    return value


def decides_itself(r: Resolver, value: Known | Unknown, name: str) -> bool:
    """Whether the class of an object may give something else for an attribute than what was just assigned to it."""
    if not isinstance(value, Instance):
        return False
    for base in classes.lineage(r, value.cls):
        if isinstance(base, Class) and classes.is_own(base):
            if any(_runs_unseen(method) for _, method in r.assigned(base.scope).get(name, ())):
                return True
            if any(one in base.scope.flow.after for one in ("__getattribute__", "__setattr__")):
                return True
            body = classes.body_value(r, base, name)
            if body is not None and any(isinstance(one, Instance | Wrapped | Unknown) for one in alternatives(body)):
                return True
    return False


def _runs_unseen(method: Scope) -> bool:
    """Whether code runs a method without a call that is to be seen: a property, an operator."""
    while method.parent is not None and not method.parent.is_class:
        method = method.parent
    name = getattr(method.node, "name", "")
    is_special = name.startswith("__") and name not in ("__init__", "__new__")
    return is_special or bool(getattr(method.node, "decorator_list", ()))


def _has_value(lineage: tuple[Class | Unknown, ...], name: str) -> bool:
    """Whether the class gives the name a value, and does not only declare it."""
    for base in lineage:
        bound = base.scope.flow.after.get(name) if isinstance(base, Class) else None
        if bound:
            return not all(isinstance(one, Declared) for one in bound)
    return True


def _doubtful(r: Resolver, cls: Class, lineage: tuple[Class | Unknown, ...], *, is_stored: bool) -> Unknown | None:
    """What may make attributes something else than what is bound and stored."""
    for base in lineage:
        if isinstance(base, Unknown) or not classes.is_own(base):
            continue
        for catcher in ("__getattribute__", "__setattr__"):
            if catcher in base.scope.flow.after and (is_stored or catcher == "__getattribute__"):
                return unknown(base.scope, base.node, f"`{base.name}` decides about its attributes by `{catcher}`")
    return remade.changed_as_a_whole(r, cls)


def _put(r: Resolver, cls: Class, name: str, receiver: Value, *, exact: bool) -> Iterator[Value]:
    """What other code sets as this attribute."""
    for put in setters.on_class(r, cls, name, exact=exact):
        if put.on_class:
            yield each(put.value, lambda one: bound_to(r, one, receiver, cls))
        elif isinstance(receiver, Instance):
            yield put.value


def _in_bodies(r: Resolver, lineage: tuple[Class | Unknown, ...], name: str, receiver: Value) -> Value | None:
    found: list[Value] = []
    for base in lineage:
        if isinstance(base, Unknown):
            return union([*found, Unknown(base.reason, base.evidence)])
        value = classes.declared_value(r, base, name)
        body = classes.body_value(r, base, name)
        if body is not None and isinstance(receiver, Instance) and fields.is_field(r, base, name):
            return fields.given(base, name, value)
        if (body is not None and not isinstance(body, Unknown | Nothing)) or value is None:
            value = body
        if value is not None:
            found.append(each(value, lambda one, base=base: bound_to(r, one, receiver, base)))  # type: ignore[misc]
            if classes.is_settled(base, name):
                break
    return union(found) if found else _for_checkers(r, lineage, name, receiver)


def _for_checkers(r: Resolver, lineage: tuple[Class | Unknown, ...], name: str, receiver: Value) -> Value | None:
    """What a name is that only type checkers are told of."""
    for base in lineage:
        if isinstance(base, Class) and (value := classes.body_value(r, base, name, checking=True)) is not None:
            return each(value, lambda one, base=base: bound_to(r, one, receiver, base))  # type: ignore[misc]
    return None


def _stored(r: Resolver, lineage: tuple[Class | Unknown, ...], name: str, receiver: Value) -> list[Value]:
    found: list[Value] = []
    for base in lineage:
        if isinstance(base, Unknown):
            continue
        for binding, function in r.assigned(base.scope).get(name, ()):
            if isinstance(binding, Opaque) and binding.what == "deleted":
                continue
            frame = classes.typed(r, base)
            value = names.bound(r, binding, function, frame)
            if isinstance(binding, Assigned) and binding.annotation is not None and isinstance(value, Unknown):
                value = r.annotated(binding.annotation, Place(function, binding.node, frame))
            if _by_class(function):
                value = each(value, lambda one, base=base: bound_to(r, one, receiver, base))  # type: ignore[misc]
            found.append(value)
    return found


def _absent(cls: Class, lineage: tuple[Class | Unknown, ...], name: str) -> Unknown:
    for base in lineage:
        if isinstance(base, Unknown):
            return Unknown(f"`{cls.name}` has a base that could not be resolved: {base.reason}", base.evidence)
        for catcher in ("__getattr__", "__getattribute__"):
            if catcher in base.scope.flow.after and base.name != "object":
                return unknown(base.scope, base.node, f"`{base.name}` answers to any attribute by `{catcher}`")
    return unknown(cls.scope, cls.node, f"`{cls.name}` has no attribute `{name}` that could be found")


def bound_to(r: Resolver, value: Known | Unknown, receiver: Value, owner: Class) -> Value:
    """What a name of a class body gives on an instance (or, for class methods, on the class)."""
    match value:
        case Function():
            return replace(value, bound=receiver, owner=owner)
        case Wrapped(wrapping=Wrapping.STATIC, inner=inner):
            return inner
        case Wrapped(wrapping=Wrapping.CLASS, inner=inner):
            cls: Value = replace(receiver.cls, exact=receiver.exact) if isinstance(receiver, Instance) else receiver
            return each(inner, lambda one: bound_to(r, one, cls, owner))
        case Wrapped(wrapping=Wrapping.PROPERTY, inner=inner):
            getter = each(inner, lambda one: bound_to(r, one, receiver, owner))
            return calls.call(r, getter, Arguments(), owner.node, Place(owner.scope))
        case Wrapped(inner=inner):
            return replace(value, inner=each(inner, lambda one: bound_to(r, one, receiver, owner)))
        case Instance() | Partial() | Produced() | Class() | Supplier() if classes.is_enum(r, owner):
            return unknown(owner.scope, owner.node, f"`{owner.name}` makes members of what its body binds")
        case Instance(cls=cls) if offers.has(r, value, "__get__") is not False and not _is_plain(r, cls):
            return unknown(
                owner.scope, owner.node, f"an attribute of `{owner.name}` is a descriptor of class `{cls.name}`"
            )
    return value


def _is_plain(r: Resolver, cls: Class) -> bool:
    """Classes whose bases are not all known may still be no descriptors: only a seen `__get__` counts."""
    return not any(isinstance(base, Class) and "__get__" in base.scope.flow.after for base in classes.lineage(r, cls))


def _of_class(r: Resolver, cls: Class, name: str) -> Value:
    if not cls.exact and classes.is_own(cls):
        r.assume(cls, name)
    lineage = classes.lineage(r, cls)
    if (doubt := remade.changed_as_a_whole(r, cls)) is not None:
        return doubt
    put = [one.value for one in setters.on_class(r, cls, name, exact=cls.exact) if one.on_class]
    found: list[Value] = []
    for base in lineage:
        if isinstance(base, Unknown):
            return union([*found, Unknown(base.reason, base.evidence)])
        value = classes.body_value(r, base, name)
        stored = [
            names.bound(r, one, where, None) for one, where in r.assigned(base.scope).get(name, ()) if _by_class(where)
        ]
        if value is not None and (stored or put):
            value = union([value, *stored, *put])
        if value is not None:
            found.append(each(value, lambda one, base=base: _on_class(r, one, cls, base)))  # type: ignore[misc]
            if classes.is_settled(base, name):
                break
    return union(found) if found else _absent(cls, lineage, name)


def _by_class(method: object) -> bool:
    node = getattr(method, "node", None)
    decorators = getattr(node, "decorator_list", ())
    return getattr(node, "name", "") in ("__new__", "__init_subclass__") or any(
        isinstance(one, ast.Name) and one.id == "classmethod" for one in decorators
    )


def _on_class(r: Resolver, value: Known | Unknown, cls: Class, owner: Class) -> Value:
    match value:
        case Wrapped(wrapping=Wrapping.CLASS | Wrapping.STATIC):
            return bound_to(r, value, cls, owner)
        case Wrapped(wrapping=Wrapping.PROPERTY):
            return unknown(owner.scope, owner.node, f"a property of `{owner.name}` is read on the class")
        case Function():
            return replace(value, owner=owner)
        case Instance() | Partial() | Produced() | Class() | Supplier() if classes.is_enum(r, owner):
            return unknown(owner.scope, owner.node, f"`{owner.name}` makes members of what its body binds")
    return value


def _of_super(r: Resolver, cls: Class, receiver: Value, name: str) -> Value:
    """What comes after `cls` in the order of the object's own class, or of any class below that it may be of."""
    own = receiver.cls if isinstance(receiver, Instance) else receiver
    exact = receiver.exact if isinstance(receiver, Instance | Class) else True
    classes_of = [own if isinstance(own, Class) else cls]
    if not exact and classes.is_own(classes_of[0]):
        classes_of += r.below(classes_of[0])
        if (unseen := subclasses.unseen(r, classes_of[0])) is not None:
            return unseen
    return union(dict.fromkeys(_after(r, cls, one, receiver, name) for one in classes_of))


def _after(r: Resolver, cls: Class, own: Class, receiver: Value, name: str) -> Value:
    lineage = classes.lineage(r, own)
    places = [place for place, one in enumerate(lineage) if isinstance(one, Class) and one.scope is cls.scope]
    rest = lineage[places[0] + 1 :] if places else classes.lineage(r, cls)[1:]
    found = _in_bodies(r, rest, name, receiver)
    if found is None:
        return unknown(cls.scope, cls.node, f"no base of `{cls.name}` has `{name}`")
    put = [one for base in rest[:1] if isinstance(base, Class) for one in _put(r, base, name, cls, exact=True)]
    return union([found, *put])


def _of_produced(r: Resolver, value: Produced | AsyncElements | Pending, name: str) -> Value:
    """The few protocol methods people call by hand; everything else of these objects says nothing."""
    match value, name:
        case Produced(kind=Kind.ASYNC_MANAGER), "__aenter__":
            return Supplier(Pending(results.entered(r, value, is_async=True)))
        case Produced(kind=Kind.SYNC_MANAGER), "__enter__":
            return Supplier(results.entered(r, value, is_async=False))
        case Produced(kind=Kind.ASYNC_GENERATOR) | AsyncElements(), "__anext__":
            return Supplier(Pending(results.iterated(r, value, is_async=True)))
        case Produced(kind=Kind.ASYNC_GENERATOR) | AsyncElements(), "__aiter__":
            return Supplier(value)
        case Produced(kind=Kind.COROUTINE) | Pending(), "__await__":
            return Supplier(Pending(results.awaited(r, value)))
    return Unknown(f"attribute `{name}` of {described(value)} is not followed", value.evidence)
