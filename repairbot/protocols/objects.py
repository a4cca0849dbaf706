"""What an object offers to code that uses it: attributes, operators, types, and the ways of iterating it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from repairbot.model import Origin
from repairbot.protocols import attributes, calls, classes, offers, results
from repairbot.protocols.bindings import parameters
from repairbot.protocols.frames import Arguments
from repairbot.protocols.joining import each
from repairbot.protocols.resolver import Resolver
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import (
    Class,
    Function,
    Instance,
    Known,
    Module,
    Nothing,
    Partial,
    Sequence,
    Supplier,
    Unknown,
    Value,
    Wrapped,
    alternatives,
)

_NONE = frozenset(dir(None))
_FUNCTION = frozenset(dir(lambda: None))
# Their annotations say what an object can do rather than what it is.
_PROMISING = frozenset(
    {"typing", "collections.abc", "_collections_abc", "_typeshed", "typing_extensions", "contextlib"}
)
_WIDER = {"int": ("float", "complex"), "float": ("complex",), "bytearray": ("bytes",), "memoryview": ("bytes",)}

Differs = Callable[[Class, str], Unknown | None]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that an argument is bound to; `function` is None when its body cannot be read."""

    name: str
    function: Function
    type: Value | None


class ObjectFacts:
    """Answers questions about objects of one snapshot. `differs` looks for subclasses that have an attribute."""

    def __init__(self, resolver: Resolver, differs: Differs) -> None:
        self._r = resolver
        self._differs = differs

    def has(self, value: Known | Unknown, dunder: str) -> bool | None:
        """Whether the object's type has a special method; None when that cannot be told."""
        self._r.refresh()
        found = offers.has(self._r, value, dunder)
        if found is False and isinstance(value, Instance) and self._may_differ(value, dunder):
            return None
        return found

    def has_attribute(self, value: Known | Unknown, name: str) -> bool | None:
        """Whether the object has an attribute; None when that cannot be told."""
        self._r.refresh()
        match value:
            case Instance(cls=cls):
                found = offers.has_attribute(self._r, value, name)
                return found if found is not False else self._lacks(value, name)
            case Sequence(cls=Instance() as cls):
                return self.has_attribute(cls, name)
            case Nothing():
                return name in _NONE
            case Function() | Wrapped() | Partial() | Supplier():
                return name in _FUNCTION or None
            case Class() | Module():
                return True if not isinstance(self.attribute(value, name), Unknown) else None
            case Unknown():
                return None
        return offers.has_attribute(self._r, value, name)

    def _lacks(self, value: Instance, name: str) -> bool | None:
        lineage = self.lineage(value)
        # Stubs name what bears on protocols: all special methods, but not every other attribute.
        if any(isinstance(base, Class) and base.scope.file.origin is Origin.STUB for base in lineage):
            return None
        return None if self._may_differ(value, name) else False

    def _may_differ(self, value: Instance, name: str) -> bool:
        return not value.exact and classes.is_own(value.cls) and self._differs(value.cls, name) is not None

    def lineage(self, value: Known | Unknown) -> tuple[Class | Unknown, ...]:
        match value:
            case Instance(cls=cls):
                return classes.lineage(self._r, cls)
            case Sequence(cls=Instance(cls=cls)):
                return classes.lineage(self._r, cls)
        return ()

    def is_complete(self, value: Known | Unknown) -> bool:
        """Whether all that the object's class and its bases say is known."""
        lineage = self.lineage(value)
        return bool(lineage) and not any(
            isinstance(base, Unknown)
            or (base.name != "object" and {"__getattr__", "__getattribute__"} & base.scope.flow.after.keys())
            for base in lineage
        )

    def is_builtin(self, value: Known | Unknown, names: tuple[str, ...]) -> bool | None:
        """Whether the object is of one of some classes of the standard library."""
        lineage = self.lineage(value)
        if not lineage:
            return None if isinstance(value, Unknown) else False
        if any(isinstance(one, Class) and one.name in names and _is_stdlib(one) for one in lineage):
            return True
        return False if self.is_complete(value) else None

    def overrides(self, value: Known | Unknown, dunder: str) -> bool | None:
        """Whether a class below `object` defines a special method that every object has."""
        lineage = self.lineage(value)
        if any(isinstance(one, Class) and one.name != "object" and dunder in one.scope.flow.every for one in lineage):
            return True
        if not lineage:
            return None if isinstance(value, Unknown) else False
        return False if self.is_complete(value) else None

    def is_of(self, value: Known | Unknown, wanted: Value) -> bool | None:
        """Whether the object is of an annotated type; None when the type says nothing certain."""
        found = [self._is_of(value, one) for one in alternatives(wanted)]
        if True in found:
            return True
        return None if None in found else False

    def _is_of(self, value: Known | Unknown, wanted: Known | Unknown) -> bool | None:
        match value, wanted:
            case Nothing(), Nothing():
                return True
            case Nothing(), Instance(cls=cls):
                return None if cls.name == "object" or cls.scope.file.name in _PROMISING else False
            case _, Nothing():
                return False
            case _, Instance(cls=cls):
                return self._is_of_class(value, cls)
        return None

    def _is_of_class(self, value: Known | Unknown, cls: Class) -> bool | None:
        lineage = self.lineage(value)
        if cls.name == "object" or not lineage:
            return None
        for one in lineage:
            if isinstance(one, Class) and one.scope is cls.scope:
                return True
            if isinstance(one, Class) and cls.name in _WIDER.get(one.name, ()) and _is_stdlib(cls):
                return True
        if cls.scope.file.name in _PROMISING or not self.is_complete(value) or self._is_protocol(cls):
            return None
        return False

    def _is_protocol(self, cls: Class) -> bool:
        heads = (base.value if isinstance(base, ast.Subscript) else base for base in cls.node.bases)
        return any(isinstance(one, ast.Name | ast.Attribute) and _last(one) == "Protocol" for one in heads)

    def attribute(self, value: Value, name: str) -> Value:
        self._r.refresh()
        return each(value, lambda one: attributes.attribute(self._r, one, name))

    def called(self, value: Value) -> Value:
        """What calling the object with whatever arguments gives."""

        def call(one: Known | Unknown) -> Value:
            scope = _scope_of(one)
            if scope is None:
                return one if isinstance(one, Unknown) else Unknown("what the call gives is not followed")
            return calls.call(self._r, one, Arguments(complete=False), scope.node, Place(scope))

        self._r.refresh()
        return each(value, call)

    def awaited(self, value: Value) -> Value:
        self._r.refresh()
        return results.awaited(self._r, value)

    def iterated(self, value: Value, *, is_async: bool) -> Value:
        self._r.refresh()
        return results.iterated(self._r, value, is_async=is_async)

    def part(self, value: Value, index: int) -> Value:
        """One of the parts that the object is unpacked into."""
        self._r.refresh()

        def of(one: Known | Unknown) -> Value:
            if isinstance(one, Sequence):
                return one.parts[index] if index < len(one.parts) else Unknown("there are not so many parts")
            return results.iterated(self._r, one, is_async=False, index=index)

        return each(value, of)

    def classes_of(self, value: Known | Unknown) -> Iterator[tuple[str, str]]:
        """Yield the top package and the name of the object's class and of each base."""
        for one in self.lineage(value):
            if isinstance(one, Class):
                yield one.scope.file.name.partition(".")[0], one.name

    def members(self, value: Known | Unknown, origin: Origin) -> tuple[str, ...]:
        """The public names of the object's classes of some origin."""
        found: dict[str, None] = {}
        for one in self.lineage(value):
            if isinstance(one, Class) and one.scope.file.origin is origin:
                found |= dict.fromkeys(one.scope.flow.every)
                found |= dict.fromkeys(self._r.assigned(one.scope))
        return tuple(name for name in found if not name.startswith("_") and "." not in name)

    def is_callable_alone(self, value: Value) -> bool:
        """Whether the object can be called without arguments."""
        return all(isinstance(one, Function) and _needs_nothing(one) for one in alternatives(value))

    def built_in(self, name: str, like: Known | Unknown) -> Value:
        """An object of a built-in class, seen from the file of another object's class."""
        for one in self.lineage(like):
            expression = self._r.quoted(name) if isinstance(one, Class) else None
            if isinstance(one, Class) and expression is not None:
                return self._r.annotated(expression, Place(one.scope.module))
        return Unknown("the elements are not known")

    def parameters(self, callee: Value, call: ast.Call, argument: ast.expr) -> list[Parameter]:
        """The parameters that an argument of a call is bound to, one for each function that may be called."""
        found: list[Parameter] = []
        for one in alternatives(callee):
            function = self._function(one)
            if function is None:
                continue
            name = _parameter(function, call, argument)
            if name is not None:
                found.append(Parameter(name, function, self._declared(function, name)))
        return found

    def _function(self, value: Known | Unknown) -> Function | None:
        match value:
            case Function():
                return value
            case Class():
                constructor = self.attribute(Instance(replace(value, evidence=())), "__init__")
                return constructor if isinstance(constructor, Function) else None
        return None

    def _declared(self, function: Function, name: str) -> Value | None:
        for one in parameters(function.node):
            if one.name == name and one.node.annotation is not None and not one.variadic:
                scope = function.scope
                outside = Place(scope if getattr(scope.node, "type_params", ()) else scope.parent or scope)
                return self._r.annotated(one.node.annotation, outside)
        return None

    def annotated(self, annotation: ast.expr, scope: Scope) -> Value:
        return self._r.annotated(annotation, Place(scope))

    def promised(self, scope: Scope, *, is_yielded: bool) -> Value | None:
        """What a function's annotation says that it returns, or yields."""
        annotation = getattr(scope.node, "returns", None)
        if annotation is None:
            return None
        declared = self._r.annotated(annotation, Place(scope.parent or scope))
        if not is_yielded:
            return declared
        is_async = isinstance(scope.node, ast.AsyncFunctionDef)
        return self.iterated(declared, is_async=is_async)


def _is_stdlib(cls: Class) -> bool:
    return cls.scope.file.origin is Origin.STDLIB


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _scope_of(value: Known | Unknown) -> Scope | None:
    match value:
        case Function(scope=scope) | Class(scope=scope) | Instance(cls=Class(scope=scope)):
            return scope
        case Wrapped(inner=inner) | Partial(function=inner):
            return next((found for one in alternatives(inner) if (found := _scope_of(one)) is not None), None)
    return None


def _needs_nothing(function: Function) -> bool:
    given = 0 if function.bound is None else 1
    arguments = function.node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return len(positional) - len(arguments.defaults) <= given and all(default is not None for _, default in keywords)


def _parameter(function: Function, call: ast.Call, argument: ast.expr) -> str | None:
    arguments = function.node.args
    for keyword in call.keywords:
        if keyword.value is argument:
            named = [*arguments.args, *arguments.kwonlyargs]
            return keyword.arg if any(one.arg == keyword.arg for one in named) else None
    if argument not in call.args:
        return None
    place = call.args.index(argument)
    if any(isinstance(one, ast.Starred) for one in call.args[:place]):
        return None
    positional = [*arguments.posonlyargs, *arguments.args]
    place += 0 if function.bound is None else 1
    return positional[place].arg if place < len(positional) else None
