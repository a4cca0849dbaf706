"""Type variables: what the arguments of a call make of them, and the objects that classes construct."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from repairbot.protocols import attributes, calls, classes, results, setters
from repairbot.protocols.bindings import Assigned, Defined, parameters
from repairbot.protocols.flow import Flow
from repairbot.protocols.frames import Arguments, Deferred, Frame
from repairbot.protocols.joining import UNTOLD
from repairbot.protocols.links import unknown
from repairbot.protocols.scopes import Place
from repairbot.protocols.values import (
    Class,
    Function,
    Instance,
    Supplier,
    TypeVariable,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_GIVES_ON_ENTERING = ("AbstractAsyncContextManager", "AbstractContextManager")
_GIVES_ON_AWAITING = ("Awaitable", "Coroutine", "Future", "Task")
_GIVES_ON_ASYNC_ITERATION = ("AsyncIterator", "AsyncIterable", "AsyncGenerator")
_GIVES_ON_ITERATION = ("Iterator", "Iterable", "Generator", "Sequence", "Collection", "list")


def solved(r: Resolver, function: Function, frame: Frame | None) -> Frame | None:
    """The frame with the type variables of the function's class and of its annotated parameters filled in."""
    found: dict[str, Value] = {}
    outer = frame.outer if frame is not None else function.frame
    if function.bound is not None:
        found.update(_of_receiver(r, function))
    if frame is not None:
        place = Place(function.scope.parent or function.scope, function.scope.node, outer)
        for parameter in parameters(function.node):
            given = frame.lookup(function.scope, parameter.name)
            annotation = parameter.node.annotation
            if given is not None and annotation is not None and _may_hold_variable(annotation):
                for name, value in _matched(r, annotation, given, place):
                    found.setdefault(name, value)
    if not found:
        return frame
    names, depth = (frame.names, frame.depth) if frame else ((), 0)
    return r.interned(Frame(function.scope, names, tuple(found.items()), outer, depth))


def is_of_call(frame: Frame | None, variable: TypeVariable) -> bool:
    """Whether the arguments of the call at hand decide what a type variable is, though they did not tell."""
    node = frame.scope.node if frame is not None else None
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    mentioned = (one.node.annotation for one in parameters(node))
    return any(annotation is not None and variable.name in ast.unparse(annotation) for annotation in mentioned)


def _may_hold_variable(annotation: ast.expr) -> bool:
    return not isinstance(annotation, ast.Constant) or isinstance(annotation.value, str)


def _of_receiver(r: Resolver, function: Function) -> dict[str, Value]:
    receiver = function.bound
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    found: dict[str, Value] = {}
    if isinstance(receiver, Instance | Class):
        found["Self"] = receiver if isinstance(receiver, Instance) else Instance(receiver, exact=receiver.exact)
    if not isinstance(cls, Class) or function.owner is None:
        return found
    for base in classes.lineage(r, cls):
        if isinstance(base, Class) and base.scope is function.owner.scope:
            names = classes.type_parameters(r, base.scope)
            found.update(zip(names, base.arguments, strict=False))
            break
    return found


def _matched(r: Resolver, annotation: ast.expr, given: Value | Deferred, place: Place) -> Iterator[tuple[str, Value]]:
    """Type variables of an annotation with what an argument makes of them."""
    match annotation:
        case ast.Constant(value=str(text)):
            inner = r.quoted(text)
            if inner is not None:
                yield from _matched(r, inner, given, place)
        case ast.Name() | ast.Attribute():
            variable = r.value(annotation, place)
            if isinstance(variable, TypeVariable):
                yield variable.name, _argument(r, given)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _matched(r, left, given, place)
            yield from _matched(r, right, given, place)
        case ast.Subscript(value=head, slice=inner):
            first = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
            yield from _matched_part(r, _head(r, head, place), inner, first, given, place)


def _head(r: Resolver, node: ast.expr, place: Place) -> str:
    value = r.value(node, place)
    return getattr(value, "name", "")


def _matched_part(
    r: Resolver, head: str, inner: ast.expr, first: ast.expr, given: Value | Deferred, place: Place
) -> Iterator[tuple[str, Value]]:
    if head in ("typing.Optional", "typing.Union", "typing.Annotated"):
        parts = inner.elts if isinstance(inner, ast.Tuple) and head == "typing.Union" else [first]
        for part in parts:
            yield from _matched(r, part, given, place)
        return
    value = _argument(r, given)
    if head in ("typing.Type", "type"):
        for one in alternatives(value):
            if isinstance(one, Class):
                yield from _matched(r, first, Instance(replace(one, evidence=()), exact=False), place)
    elif head == "typing.Callable" and isinstance(inner, ast.Tuple) and len(inner.elts) == 2:
        yield from _matched(r, inner.elts[1], _result_of(r, value, place), place)
    elif head in _GIVES_ON_ENTERING:
        yield from _matched(r, first, results.entered(r, value, is_async="Async" in head), place)
    elif head in _GIVES_ON_AWAITING:
        result = inner.elts[-1] if isinstance(inner, ast.Tuple) else inner
        yield from _matched(r, result, results.awaited(r, value), place)
    elif head in _GIVES_ON_ASYNC_ITERATION:
        yield from _matched(r, first, results.iterated(r, value, is_async=True), place)
    elif head in _GIVES_ON_ITERATION:
        yield from _matched(r, first, results.iterated(r, value, is_async=False), place)


def _argument(r: Resolver, given: Value | Deferred) -> Value:
    return r.value(given.expression, given.place) if isinstance(given, Deferred) else given


def _result_of(r: Resolver, function: Value, place: Place) -> Value:

    if not isinstance(function, Function | Wrapped | Supplier | Class):
        return Unknown("a callable that could not be read")
    return calls.call(r, function, Arguments(complete=False), ast.Pass(), place)


def constructed(r: Resolver, cls: Class, arguments: Arguments) -> Value:
    """`cls(…)`: an object of the class, with its type arguments worked out from the constructor where it is generic."""
    for base in classes.lineage(r, cls):
        if isinstance(base, Class) and "__call__" in _metaclass_names(r, base):
            return unknown(base.scope, base.node, f"`{base.name}` has a metaclass that decides what a call gives")
    made = _made_by_new(r, cls)
    if made is not None:
        return made
    bare = replace(cls, evidence=())
    if not cls.arguments and classes.type_parameters(r, cls.scope):
        bare = replace(bare, arguments=_constructed_arguments(r, bare, arguments))
    return Instance(bare, exact=cls.exact, evidence=cls.evidence)


def _made_by_new(r: Resolver, cls: Class) -> Unknown | None:
    """Unknown when a `__new__` whose body can be read may give an object of another class."""
    for put in setters.on_class(r, cls, "__new__", exact=True):
        return Unknown(f"`{cls.name}.__new__` is set from outside", put.value.evidence)
    for base in classes.lineage(r, cls):
        if isinstance(base, Unknown) or base.scope.file.is_stub:
            continue
        for binding in base.scope.flow.after.get("__new__", ()):
            if isinstance(binding, Defined) and isinstance(binding.node, ast.FunctionDef):
                flow = base.scope.inside(binding.node).flow
                first = next((one.arg for one in [*binding.node.args.posonlyargs, *binding.node.args.args]), "")
                own = len(flow.every.get(first, ())) == 1
                if not own or not all(_is_of_class(statement.value, flow, first) for statement in flow.returns):
                    return unknown(
                        base.scope, binding.node, f"`{base.name}.__new__` may give an object of another class"
                    )
    return None


def _is_of_class(value: ast.expr | None, flow: Flow, cls: str) -> bool:
    """Whether a returned expression is what some `__new__` made: directly, kept on the class, or by way of a name."""
    match value:
        case ast.Call(func=ast.Attribute(attr="__new__"), args=[ast.Name(id=name), *_]) if name == cls:
            return True
        case ast.Attribute(value=ast.Name(id=name)) | ast.Call(func=ast.Name(id=name)) if name == cls:
            return True
        case ast.Name(id=name):
            values = [one.value if isinstance(one, Assigned) else None for one in flow.every.get(name, ())]
            return bool(values) and all(
                not isinstance(one, ast.Name) and _is_of_class(one, flow, cls) for one in values
            )
    return False


def is_indexed(r: Resolver, cls: Class) -> bool:
    """Whether a class, or its metaclass, has code of its own for `cls[…]`."""
    return any(
        isinstance(base, Class)
        and classes.is_own(base)
        and ("__class_getitem__" in base.scope.flow.every or "__getitem__" in _metaclass_names(r, base))
        for base in classes.lineage(r, cls)
    )


def _metaclass_names(r: Resolver, cls: Class) -> frozenset[str]:
    """The names a metaclass of the target defines; those of libraries construct as usual."""
    meta = classes.metaclass(r, cls) if classes.is_own(cls) else None
    lineage = classes.lineage(r, meta) if meta is not None else ()
    own = (one for one in lineage if isinstance(one, Class) and classes.is_own(one))
    return frozenset(name for one in own for name in one.scope.flow.after)


def _constructed_arguments(r: Resolver, cls: Class, arguments: Arguments) -> tuple[Value, ...]:

    names = classes.type_parameters(r, cls.scope)
    receiver = Instance(cls)
    found: dict[str, Value] = {}
    unread: set[str] = set()
    for method in ("__init__", "__new__"):
        for one in alternatives(attributes.attribute(r, receiver, method)):
            if isinstance(one, Function) and one.name == method:
                frame = solved(r, one, calls.framed(r, one, arguments))
                for name in names:
                    value = frame.type_of(name) if frame is not None else None
                    if value is not None and not isinstance(value, Unknown):
                        found.setdefault(name, value)
                unread |= _borne_on(r, one, arguments, names)
    missing = Unknown("a type argument that what is passed to the constructor does not tell")
    return tuple(found.get(name, missing if name in unread else UNTOLD) for name in names)


def _borne_on(r: Resolver, function: Function, arguments: Arguments, names: tuple[str, ...]) -> set[str]:
    """The type variables that an argument of a call bears on, or may bear on where not all arguments are known."""
    given = {name for name, _ in calls.framed(r, function, replace(arguments, complete=False)).names}
    asked = [one for one in parameters(function.node) if one.name in given or not arguments.complete]
    texts = [ast.unparse(one.node.annotation) for one in asked if one.node.annotation is not None]
    return {name for name in names if any(name in text for text in texts)}
