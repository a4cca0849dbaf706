"""What a call gives: functions by their source, classes by construction, special names by what they mean."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from repairbot.protocols import attributes, builtin_calls, containers, generics, offers, setters
from repairbot.protocols.bindings import Assigned, parameters
from repairbot.protocols.closures import closes_over
from repairbot.protocols.descriptions import described
from repairbot.protocols.frames import Arguments, Deferred, Frame
from repairbot.protocols.joining import each, noted, through, union, without_nothing
from repairbot.protocols.links import explained, short, unknown
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import (
    Applied,
    Class,
    Function,
    Instance,
    Kind,
    Known,
    Nothing,
    Partial,
    Produced,
    Special,
    Supplier,
    TypeVariable,
    Unknown,
    Value,
    Wrapped,
    Wrapping,
    alternatives,
)

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

DEEPEST_FRAME = 5


def called(r: Resolver, node: ast.Call, place: Place) -> Value:
    """The value of a call expression."""
    held = containers.got(r, node, place)
    if held is not None:
        return held
    callee = without_nothing(r.value(node.func, place))
    return call(r, callee, _arguments(node, place), node, place)


def _arguments(node: ast.Call, place: Place) -> Arguments:
    positional: list[Value | Deferred] = []
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            break
        positional.append(Deferred(argument, place))
    keywords = tuple((one.arg, Deferred(one.value, place)) for one in node.keywords if one.arg is not None)
    complete = len(positional) == len(node.args) and len(keywords) == len(node.keywords)
    return Arguments(tuple(positional), keywords, complete)


def call(r: Resolver, callee: Value, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    """What calling `callee` gives; `node` is where, for the evidence."""
    return through(callee, lambda one: _call(r, one, arguments, node, place))


def _call(r: Resolver, callee: Known | Unknown, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    match callee:
        case Unknown():
            return callee
        case Function():
            return _call_function(r, callee, arguments)
        case Wrapped():
            return _call_wrapped(r, callee, arguments, node, place)
        case Class():
            return generics.constructed(r, callee, arguments)
        case Instance():
            method = attributes.attribute(r, callee, "__call__")
            return call(r, method, arguments, node, place)
        case Partial(function=function, arguments=first):
            both = Arguments(
                first.positional + arguments.positional,
                tuple({**dict(first.keywords), **dict(arguments.keywords)}.items()),
                first.complete and arguments.complete,
            )
            return call(r, function, both, node, place)
        case Supplier(result=result):
            return result
        case Special():
            return builtin_calls.call_special(r, callee, arguments, node, place)
        case Applied():
            inner = (
                arguments.positional[0] if arguments.positional else Unknown("a decorator is called without a function")
            )
            return r.value(inner.expression, inner.place) if isinstance(inner, Deferred) else inner
    return Unknown(f"{described(callee)} is called, which is not followed", callee.evidence)


def _call_wrapped(r: Resolver, callee: Wrapped, arguments: Arguments, node: ast.AST, place: Place) -> Value:
    match callee.wrapping:
        case Wrapping.ASYNC_MANAGER | Wrapping.SYNC_MANAGER as wrapping:
            kind = Kind.ASYNC_MANAGER if wrapping is Wrapping.ASYNC_MANAGER else Kind.SYNC_MANAGER
            return each(callee.inner, lambda one: _managed(r, kind, one, arguments, callee))
        case Wrapping.ABSTRACT:
            return each(callee.inner, lambda one: _call_abstract(r, one, arguments, callee))
        case Wrapping.STATIC | Wrapping.CLASS:
            return call(r, callee.inner, arguments, node, place)
    return Unknown(f"a {callee.wrapping.value} is called, which is not followed", callee.evidence)


def _managed(r: Resolver, kind: Kind, inner: Known | Unknown, arguments: Arguments, callee: Wrapped) -> Value:
    match inner:
        case Function():
            return Produced(kind, inner, framed(r, inner, arguments), callee.evidence)
        case Wrapped(wrapping=Wrapping.ABSTRACT):
            return Unknown("an abstract method may be anything in its subclasses", callee.evidence)
        case Unknown():
            return Unknown(inner.reason, callee.evidence + inner.evidence)
    return Unknown(f"`{callee.wrapping.value}` is applied to {described(inner)}", callee.evidence)


def _call_abstract(r: Resolver, inner: Known | Unknown, arguments: Arguments, callee: Wrapped) -> Value:
    """An abstract method promises what its annotation says."""
    if isinstance(inner, Function) and not inner.scope.flow.yields:
        frame = framed(r, inner, arguments)
        declared = declared_result(r, inner, frame)
        if isinstance(inner.node, ast.FunctionDef) and declared is not None:
            return declared
        if _is_coroutine_below(r, declared):
            return Produced(Kind.COROUTINE, inner, frame, inner.evidence)
    if isinstance(inner, Function) and inner.scope.file.is_stub:
        return _call_function(r, inner, arguments)
    return Unknown("an abstract method may be anything in its subclasses", callee.evidence)


def _call_function(r: Resolver, function: Function, arguments: Arguments) -> Value:
    frame = framed(r, function, arguments)
    if frame.depth > DEEPEST_FRAME:
        return Unknown(f"`{function.name}` is called too deep to follow", function.evidence)
    if (replaced := setters.on_function(r, function.scope, "__code__")) is not None:
        return replaced
    node, flow = function.node, function.scope.flow
    is_async = isinstance(node, ast.AsyncFunctionDef)
    if function.scope.file.is_stub:
        if is_async:
            return Produced(Kind.COROUTINE, function, frame, function.evidence)
        return _result(r, function, frame)
    if flow.yields:
        return Produced(Kind.ASYNC_GENERATOR if is_async else Kind.GENERATOR, function, frame, function.evidence)
    if is_async:
        if is_promise(function) and not _is_coroutine_below(r, declared_result(r, function, frame)):
            return unknown(
                function.scope, node, f"`{function.name}` has no body of its own: it may be a generator elsewhere"
            )
        return Produced(Kind.COROUTINE, function, frame, function.evidence)
    return _result(r, function, frame)


def _is_coroutine_below(r: Resolver, declared: Value | None) -> bool:
    """Whether an `async def` without a body is no generator in the classes that fill it in either.

    `-> AsyncIterator[X]` may be one, `-> X` is not.
    """
    if declared is None:
        return False
    return all(offers.has(r, one, "__aiter__") is False for one in alternatives(declared))


def _result(r: Resolver, function: Function, frame: Frame) -> Value:
    return noted(returned(r, function, frame), *function.evidence)


def returned(r: Resolver, function: Function, frame: Frame | None) -> Value:
    """What a plain function (or the coroutine of an async one) returns: by its source, else by its annotation."""
    node, scope = function.node, function.scope
    if isinstance(node, ast.Lambda):
        return r.value(node.body, Place(scope, None, frame))
    if scope.file.is_stub or is_promise(function):
        declared = declared_result(r, function, frame)
        return (
            declared
            if declared is not None
            else unknown(scope, node, f"what `{function.name}` returns is not written down")
        )
    return least(r, function, frame, lambda some: _returned(r, function, some))


def least(r: Resolver, function: Function, frame: Frame | None, compute: Callable[[Frame | None], Value]) -> Value:
    """What a function's body comes to: once for all calls, unless it depends on their arguments, or is a function or
    class that closes over them and may ask for them later.

    Following every call with arguments of its own would take exponential time in code that calls much.
    """
    scope = function.scope
    plain = framed(r, function, Arguments(complete=False))

    def of(some: Frame | None) -> Value:
        return r.remembered(("body", scope, some), lambda: compute(some))

    value, depends = r.needs_arguments(scope, lambda: of(plain))
    if frame is None or frame == plain:
        return value
    return of(frame) if depends or closes_over(value, scope) else value


def _returned(r: Resolver, function: Function, frame: Frame | None) -> Value:
    scope = function.scope
    values: list[Value] = []
    for statement in scope.flow.returns:
        if statement.value is None:
            values.append(Nothing())
            continue
        value = r.value(statement.value, Place(scope, statement, frame))
        values.append(explained(value, scope, statement, f"`{function.name}` returns `{short(statement.value)}`"))
    value = union(values) if values else _fallen(function)
    if any(isinstance(one, Unknown) for one in alternatives(value)):
        declared = declared_result(r, function, frame)
        if declared is not None and not isinstance(declared, Unknown):
            return declared
    return value


def _fallen(function: Function) -> Nothing | Unknown:
    """What a function without `return` gives: `None`, unless it ends by raising."""
    body = getattr(function.node, "body", None)
    if isinstance(body, list) and isinstance(body[-1], ast.Raise):
        return Unknown(f"`{function.name}` ends by raising")
    return Nothing()


def is_promise(function: Function) -> bool:
    """A body that does nothing stands for others: `...`, `pass`, a docstring, `raise NotImplementedError`."""
    body = getattr(function.node, "body", None)
    if not isinstance(body, list):
        return False
    for statement in body:
        match statement:
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                continue
            case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
                continue
        return False
    return True


def declared_result(r: Resolver, function: Function, frame: Frame | None) -> Value | None:
    """An object of the annotated return type; None without annotation."""
    annotation = getattr(function.node, "returns", None)
    if annotation is None:
        return None
    scope = function.scope
    around = Place(scope.parent or scope, scope.node, generics.solved(r, function, frame))
    value = r.annotated(annotation, around)
    if isinstance(value, Unknown):
        return value
    return explained(value, scope, function.node, f"`{function.name}` is declared to give `{short(annotation)}`")


def framed(r: Resolver, function: Function, arguments: Arguments) -> Frame:
    """The frame of a call: the arguments under the names of their parameters."""
    listed = [one for one in parameters(function.node) if not one.variadic]
    keyword_only = {arg.arg for arg in function.node.args.kwonlyargs}
    positional = [one.name for one in listed if one.name not in keyword_only]
    given = ((function.bound,) if function.bound is not None else ()) + arguments.positional
    names: dict[str, Value | Deferred] = dict(zip(positional, given, strict=False))
    known = {one.name for one in listed}
    names.update((name, value) for name, value in arguments.keywords if name in known)
    if arguments.complete:
        outside = Place(function.scope.parent or function.scope, function.scope.node, function.frame)
        for one in listed:
            if (
                one.name not in names
                and one.default is not None
                and not builtin_calls.is_injection(r, one.default, outside)
            ):
                names[one.name] = _default(r, function.scope) or Deferred(one.default, outside)
    depth = max(
        (value.place.frame.depth for value in given if isinstance(value, Deferred) and value.place.frame), default=0
    )
    outer = function.frame
    return r.interned(
        Frame(function.scope, tuple(names.items()), (), outer, max(depth, outer.depth if outer else 0) + 1)
    )


def _default(r: Resolver, function: Scope) -> Unknown | None:
    """Unknown where something sets the defaults of a function."""
    return setters.on_function(r, function, "__defaults__", "__kwdefaults__")


def type_variable(r: Resolver, binding: Assigned, scope: Scope, place: Place) -> TypeVariable | None:
    """`T = TypeVar("T", bound=X)` and its relatives."""
    assert isinstance(binding.value, ast.Call)
    if not isinstance(binding.value.func, ast.Name | ast.Attribute):
        return None
    if r.value(binding.value.func, place) not in (Special("typing.TypeVar"), Special("typing.ParamSpec")):
        return None
    bound = next((keyword.value for keyword in binding.value.keywords if keyword.arg == "bound"), None)
    return TypeVariable(binding.name, scope, bound)
