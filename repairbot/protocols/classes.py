"""Classes: their bases in order, their type parameters, and what a name is in their bodies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from repairbot.model import Origin
from repairbot.protocols import elsewhere, names
from repairbot.protocols.bindings import Binding, Declared, Defined, Imported, Opaque, in_order
from repairbot.protocols.frames import Frame
from repairbot.protocols.joining import union
from repairbot.protocols.links import short
from repairbot.protocols.reaching import UNBOUND
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import Class, Nothing, Special, TypeVariable, Unknown, Value, alternatives

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

MOST_BASES = 200
_MARKERS = (Special("typing.Generic"), Special("typing.Protocol"))


def lineage(r: Resolver, cls: Class) -> tuple[Class | Unknown, ...]:
    """The class and its bases in the order attributes are looked up, near enough to Python's: each base after all of
    its subclasses. Unknown stands where a base could not be resolved."""
    known = r.lineages.get(cls)
    if known is not None:
        found, asked = known
        r.asked += asked
        return found
    before, r.asked = r.asked, []
    found = _ordered(_bases_below(r, replace(cls, exact=True, evidence=())))
    if not r.is_cut:
        r.lineages[cls] = found, r.asked
    r.asked = before + r.asked
    return found


def _bases_below(r: Resolver, cls: Class) -> dict[Class, list[Class | Unknown]]:
    """The direct bases of the class and of all classes that it derives from, the class itself first."""
    found: dict[Class, list[Class | Unknown]] = {}
    waiting = [cls]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        if len(found) > MOST_BASES:
            found[one] = [Unknown(f"`{cls.name}` has too many bases")]
            continue
        found[one] = [
            replace(base, exact=True, evidence=()) if isinstance(base, Class) else base for base in bases(r, one)
        ]
        waiting += (base for base in found[one] if isinstance(base, Class))
    return found


def _ordered(below: dict[Class, list[Class | Unknown]]) -> tuple[Class | Unknown, ...]:
    """The classes depth first, each where it comes for the last time: each is looked at once, from behind."""
    first = next(iter(below))
    done: dict[Class | Unknown, None] = {}
    waiting: list[tuple[Class | Unknown, bool]] = [(first, False)]
    open_: set[Class | Unknown] = set()
    while waiting:
        one, left = waiting.pop()
        if left:
            open_.discard(one)
            done[one] = None
        elif one not in done and one not in open_:
            open_.add(one)
            waiting.append((one, True))
            waiting += ((base, False) for base in (below.get(one, ()) if isinstance(one, Class) else ()))
    return tuple(reversed(done))


def bases(r: Resolver, cls: Class) -> list[Class | Unknown]:
    """The direct bases, with type arguments carried over; special forms such as `Generic[T]` say nothing and go."""
    outside = Place(cls.scope.parent or cls.scope, cls.node, typed(r, cls))
    found: list[Class | Unknown] = []
    for node in cls.node.bases:
        head = node.value if isinstance(node, ast.Subscript) else node
        if r.value(head, outside) in _MARKERS:
            continue
        several = alternatives(r.value(node, outside))
        if len(several) > 1:
            found.append(Unknown(f"`{short(node)}`, a base of `{cls.name}`, may be one of several classes"))
            continue
        for base in several:
            match base:
                case Class() | Unknown():
                    found.append(base)
                case Special(name="typing.Any"):
                    found.append(Unknown(f"`{cls.name}` stands for any object"))
                case _:
                    found.append(Unknown(f"a base of `{cls.name}` is not a class that could be read"))
    return found


def typed(r: Resolver, cls: Class) -> Frame | None:
    """A frame in which the class's type parameters are its arguments."""
    if not cls.arguments:
        return cls.frame
    types = tuple(zip(type_parameters(r, cls.scope), cls.arguments, strict=False))
    return r.interned(Frame(cls.scope, types=types, outer=cls.frame))


def type_parameters(r: Resolver, scope: Scope) -> tuple[str, ...]:
    """The names of a class's type parameters in order."""
    node = scope.node
    assert isinstance(node, ast.ClassDef)
    own = tuple(parameter.name for parameter in getattr(node, "type_params", ()))
    if own:
        return own
    place = Place(scope.parent or scope, node, None)
    listed: list[str] = []
    for base in node.bases:
        if not isinstance(base, ast.Subscript):
            continue
        parts = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
        variables = [one.name for part in parts for one in _variables(r, part, place)]
        if r.value(base.value, place) in _MARKERS:
            return tuple(variables)
        listed += variables
    return tuple(dict.fromkeys(listed))


def _variables(r: Resolver, node: ast.expr, place: Place) -> list[TypeVariable]:
    match node:
        case ast.Name() | ast.Attribute():
            value = r.value(node, place)
            return [value] if isinstance(value, TypeVariable) else []
        case ast.Subscript(slice=inner):
            return _variables(r, inner, place)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [one for part in parts for one in _variables(r, part, place)]
    return []


def body_value(r: Resolver, cls: Class, name: str, *, checking: bool = False) -> Value | None:
    """What a name is at the end of the class body, None when the body does not bind it.

    With `checking` it is what type checkers are told of a name that the running program does not bind.
    """
    flow = cls.scope.flow
    if name in flow.outward:
        return None
    # A star import or an import in a class body is too odd to follow further than a plain name.
    kept = [one for one in flow.after.get(name, ()) if not _is_gap(one) and (one in flow.checking) == checking]
    if not kept:
        return None
    frame = typed(r, cls)
    key = ("body", cls.scope, name, frame)
    return r.remembered(key, lambda: union(names.bound(r, one, cls.scope, frame) for one in in_order(kept)))


def is_settled(cls: Class, name: str) -> bool:
    """Whether the class body binds a name on every path, so that the bases do not count."""
    return not any(_is_gap(one) for one in cls.scope.flow.after.get(name, ()))


def _is_gap(binding: Binding) -> bool:
    return binding is UNBOUND or (isinstance(binding, Opaque) and binding.what == "deleted")


def offered(r: Resolver, cls: Class, dunder: str) -> set[bool | None]:
    """Whether the class body has a special method, for each path through it: False where it is None, None where that
    cannot be told; nothing on a path on which the body does not bind it."""
    flow = cls.scope.flow
    if dunder in flow.outward:
        return set()
    if is_own(cls) and elsewhere.is_rebound(cls.scope, dunder):
        return {None}
    frame = typed(r, cls)
    return {_is_offered(r, one, cls, frame) for one in flow.after.get(dunder, ()) if not _is_gap(one)}


def _is_offered(r: Resolver, binding: Binding, cls: Class, frame: Frame | None) -> bool | None:
    match binding:
        case _ if binding in cls.scope.flow.checking:
            return None
        case Defined():
            return True
        case Declared() if not cls.scope.file.is_stub:
            return None
    found = {_is_there(one) for one in alternatives(names.bound(r, binding, cls.scope, frame))}
    return found.pop() if len(found) == 1 else None


def _is_there(value: Value) -> bool | None:
    return None if isinstance(value, Unknown) else not isinstance(value, Nothing)


def is_enum(r: Resolver, cls: Class) -> bool:
    """Whether what the class body binds becomes members."""
    return any(isinstance(one, Class) and one.scope.file.name == "enum" for one in lineage(r, cls))


def declared(cls: Class, name: str) -> ast.expr | None:
    """The annotation of a class attribute or field."""
    for binding in cls.scope.flow.every.get(name, ()):
        match binding:
            case Declared(annotation=annotation):
                return annotation
            case Imported():
                continue
        given = getattr(binding, "annotation", None)
        if isinstance(given, ast.expr):
            return given
    return None


def declared_value(r: Resolver, cls: Class, name: str) -> Value | None:
    annotation = declared(cls, name)
    if annotation is None:
        return None
    return r.annotated(annotation, Place(cls.scope, None, typed(r, cls)))


def assigned_attributes(scope: Scope) -> dict[str, list[tuple[Binding, Scope]]]:
    """What the methods of a class assign to attributes of `self` or `cls`, functions inside methods included."""
    found: dict[str, list[tuple[Binding, Scope]]] = {}
    for method in methods(scope):
        receiver = _first_parameter(method)
        if receiver is None:
            continue
        for function in [method, *nested(method)]:
            for name, bindings in function.flow.every.items():
                owner, dot, attribute = name.partition(".")
                if dot and owner == receiver and "." not in attribute:
                    found.setdefault(attribute, []).extend((one, function) for one in bindings)
    return found


def methods(scope: Scope) -> Iterator[Scope]:
    """The functions defined in a class body, also under `if` and the like."""
    for bindings in scope.flow.every.values():
        for binding in bindings:
            if isinstance(binding.node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield scope.inside(binding.node)


def nested(function: Scope) -> Iterator[Scope]:
    for inner in methods(function):
        yield inner
        yield from nested(inner)


def _first_parameter(method: Scope) -> str | None:
    node = method.node
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ordered = [*node.args.posonlyargs, *node.args.args]
    return ordered[0].arg if ordered else None


def metaclass(r: Resolver, cls: Class) -> Class | None:
    """The metaclass that the header of a class names, where it can be read."""
    for keyword in cls.node.keywords:
        if keyword.arg == "metaclass":
            meta = r.value(keyword.value, Place(cls.scope.parent or cls.scope, cls.node, cls.frame))
            return meta if isinstance(meta, Class) else None
    return None


def is_protocol(r: Resolver, cls: Class, *, abstract: bool = True) -> bool:
    """Whether objects of other classes count as objects of it: a Protocol, or an abstract class of the target."""
    outside = Place(cls.scope.parent or cls.scope, cls.node, cls.frame)
    heads = [node.value if isinstance(node, ast.Subscript) else node for node in cls.node.bases]
    if any(r.value(head, outside) == Special("typing.Protocol") for head in heads):
        return True
    return abstract and is_own(cls) and _is_abstract(r, cls)


def _is_abstract(r: Resolver, cls: Class) -> bool:
    return any(
        isinstance(value := r.value(decorator, Place(cls.scope, method.node)), Special)
        and value.name in ("abc.abstractmethod", "abc.abstractproperty")
        for method in methods(cls.scope)
        for decorator in getattr(method.node, "decorator_list", ())
    )


def is_own(cls: Class) -> bool:
    """Whether the class is part of the target, so that other code of the target may subclass it."""
    return cls.scope.file.origin is Origin.SOURCE
