"""One release to definitions: what each class, function and variable of the library is, protocols included."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache

from repairbot.stubs.generate.annotations import TypeReader, is_standard, standard
from repairbot.stubs.generate.attributes import instance_attributes
from repairbot.stubs.generate.binding import Assigned, Binding, Functions, Scope, bind
from repairbot.stubs.generate.definitions import (
    PROTOCOL,
    UNKNOWN,
    AliasDef,
    ClassDef,
    Definition,
    FunctionDef,
    Member,
    Signature,
    TypeVariable,
    VariableDef,
)
from repairbot.stubs.generate.functions import FunctionReader
from repairbot.stubs.generate.reading import Library, Symbol
from repairbot.stubs.generate.typeexpr import ANY, ELLIPSIS, Apply, Ref, Type

# Special forms as bases, by the class that they make a subclass of.
_STANDS_FOR: Mapping[Type, Type] = {
    Ref("typing", "NamedTuple"): Apply(Ref("builtins", "tuple"), (ANY, ELLIPSIS)),
    Ref("typing", "TypedDict"): Apply(Ref("builtins", "dict"), (Ref("builtins", "str"), ANY)),
}


@dataclass
class Collector:
    """Definitions of one library, read on demand.

    `shipped` are the collectors of other libraries' stubs; `foreign` lists the protocol methods of classes that have
    no stub, by dotted name; `decorators` says what a library's own decorators do.
    """

    library: Library
    shipped: Mapping[str, Collector] = field(default_factory=dict)
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decorators: Mapping[str, str] = field(default_factory=dict)
    adds_coroutines: frozenset[str] = frozenset()
    _known: dict[Ref, Definition | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.types = TypeReader(self.library, self.outside)
        self.functions = FunctionReader(self.library, self.types, self.decorators)

    def outside(self, symbol: Symbol) -> Ref | None:
        """A class of another library, if our stubs have it."""
        found = self.shipped_symbol(symbol)
        return Ref(found.module, found.name) if found is not None and isinstance(found.binding, ast.ClassDef) else None

    def shipped_symbol(self, symbol: Symbol) -> Symbol | None:
        """What our stubs have under a name of another library."""
        module, _, name = f"{symbol.module}.{symbol.name}".rpartition(".")
        other = self.shipped.get(module.partition(".")[0])
        if other is None or other.library.module(module) is None:
            return None
        found = other.library.locate(module, name)
        return found if found.binding is not None else None

    def define(self, ref: Ref) -> Definition | None:
        """The definition behind a name of this library; None for a name that is not one."""
        if ref not in self._known:
            self._known[ref] = None  # cut cycles
            self._known[ref] = self._define(self.library.locate(ref.module, ref.name))
        return self._known[ref]

    def _define(self, symbol: Symbol) -> Definition | None:
        match symbol.binding:
            case ast.ClassDef() as node:
                return self._given_instead(symbol, node) or self._class(symbol.module, node)
            case Functions() as functions:
                return self.functions.read(symbol.module, functions)
            case Assigned() as assigned:
                return self._variable(symbol, assigned)
            case _:
                return None

    def _given_instead(self, symbol: Symbol, node: ast.ClassDef) -> FunctionDef | None:
        """The function that a class amounts to whose `__new__` says it gives something else."""
        new = class_scope(node).bindings.get("__new__")
        member = self.functions.read(symbol.module, new) if isinstance(new, Functions) else None
        if not isinstance(member, FunctionDef) or not isinstance(member.signatures[0].returns, Apply):
            return None
        if member.signatures[0].returns.head == Ref(symbol.module, symbol.name):
            return None
        return FunctionDef(tuple(changed(signature, parameters=None) for signature in member.signatures))

    def _variable(self, symbol: Symbol, assigned: Assigned) -> Definition | None:
        flavour = self.types.type_variable(symbol)
        if flavour is not None and isinstance(assigned.value, ast.Call):
            bound = next((k.value for k in assigned.value.keywords if k.arg == "bound"), None)
            return TypeVariable(flavour, None if bound is None else self.types.read(symbol.module, bound))
        if assigned.annotation is not None and not ast.unparse(assigned.annotation).endswith("TypeAlias"):
            return VariableDef(self.types.read(symbol.module, assigned.annotation))
        if isinstance(assigned.value, ast.Call):
            return VariableDef(self.functions.instance(symbol.module, assigned.value))
        alias = self.types.read(symbol.module, assigned.value)
        return None if alias == ANY or isinstance(assigned.value, ast.Constant) else AliasDef(alias)

    def _class(self, module: str, node: ast.ClassDef) -> ClassDef:
        scope = class_scope(node)
        members: dict[str, Member] = {}
        for name, binding in scope.bindings.items():
            member = self._member(module, name, binding, scope)
            if member is not None:
                members[name] = member
        for name in self._coroutines_added(module, node):
            members.setdefault(name, FunctionDef((Signature(True, (), None, ANY),)))
        for name, type_ in instance_attributes(module, scope, self.functions).items():
            members.setdefault(name, VariableDef(type_))
        bases, missing = self._bases(module, node)
        return ClassDef(bases, members, self._protocol(module, node, scope), missing)

    def _coroutines_added(self, module: str, node: ast.ClassDef) -> Iterable[str]:
        """The methods that class decorators such as aiofiles' `delegate_to_executor("read", "write")` make."""
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                symbol = self.library.resolve(module, decorator.func)
                if symbol is not None and f"{symbol.module}.{symbol.name}" in self.adds_coroutines:
                    yield from (
                        a.value for a in decorator.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                    )

    def _member(self, module: str, name: str, binding: Binding, scope: Scope) -> Member | None:
        match binding:
            case Functions():
                return self.functions.read(module, binding)
            case Assigned(annotation=None, value=ast.Name(other)) if other in scope.bindings and other != name:
                return self._member(module, other, scope.bindings[other], scope)
            case Assigned(annotation=None, value=value):
                return self._assigned_member(module, name, value)
            case Assigned(annotation=annotation):
                return VariableDef(self.types.read(module, annotation))
            case _:
                return None

    def _assigned_member(self, module: str, name: str, value: ast.expr | None) -> Member | None:
        if isinstance(value, ast.Constant):
            return None
        if isinstance(value, ast.Call):
            return VariableDef(self.functions.instance(module, value))
        if isinstance(value, ast.Name | ast.Attribute):
            symbol = self.library.resolve(module, value)
            if symbol is not None and isinstance(symbol.binding, Functions):
                return self.functions.read(symbol.module, symbol.binding)
        return UNKNOWN if name in PROTOCOL else None

    def _bases(self, module: str, node: ast.ClassDef) -> tuple[tuple[Type, ...], frozenset[str]]:
        kept: list[Type] = []
        missing: set[str] = set()
        for base in node.bases:
            type_ = self.types.read(module, base)
            if type_ == ANY:
                dotted = self._dotted(module, base)
                missing |= {dotted} - self.foreign.keys()
            elif type_ != Ref("builtins", "object"):
                kept.append(_STANDS_FOR.get(type_, type_))
        return tuple(kept), frozenset(missing)

    def _dotted(self, module: str, base: ast.expr) -> str:
        while isinstance(base, ast.Subscript):
            base = base.value
        symbol = self.library.resolve(module, base)
        if symbol is not None and isinstance(symbol.binding, Assigned) and isinstance(symbol.binding.value, ast.Call):
            return self._dotted(symbol.module, symbol.binding.value.func)  # X = TypedDict("X", …)
        return f"{symbol.module}.{symbol.name}".strip(".") if symbol is not None else ast.unparse(base)

    def _protocol(self, module: str, node: ast.ClassDef, scope: Scope) -> frozenset[str]:
        found: set[str] = set()
        for base in node.bases:
            type_ = self.types.read(module, base)
            if type_ == ANY:
                found |= set(self.foreign.get(self._dotted(module, base), ()))
            else:
                found |= self.protocol_of(type_.head if isinstance(type_, Apply) else type_)
        for name in PROTOCOL:
            match scope.bindings.get(name):
                case None:
                    pass
                case Assigned(value=ast.Constant(None)):
                    found.discard(name)
                case _:
                    found.add(name)
        return frozenset(found)

    def protocol_of(self, base: Type) -> frozenset[str]:
        """The protocol methods that instances of a class have."""
        if not isinstance(base, Ref):
            return frozenset()
        if self.library.owns(base.module):
            definition = self.define(base)
            return definition.protocol if isinstance(definition, ClassDef) else frozenset()
        other = self.shipped.get(base.module.partition(".")[0])
        if other is not None:
            return other.protocol_of(base)
        return standard_protocol(base)


@cache
def standard_protocol(ref: Ref) -> frozenset[str]:
    """The protocol methods of a class of the standard library, asked of this Python."""
    if not (is_standard(ref.module) or ref.module == "builtins"):
        return frozenset()
    ref = standard(ref.module, ref.name)
    if ref.module == "typing":  # Generic, Protocol, NamedTuple: what matters is in the class itself
        return frozenset({"__iter__"} if ref.name == "NamedTuple" else ())
    found: object = importlib.import_module(ref.module)
    for part in ref.name.split("."):
        found = getattr(found, part, None)
    if not isinstance(found, type):
        return frozenset()
    # getattr would find the metaclass's __call__ and __iter__ too.
    return frozenset(
        name
        for name in PROTOCOL
        if next((c.__dict__[name] for c in found.__mro__ if name in c.__dict__), None) is not None
    )


def plain_protocol(name: str) -> FunctionDef:
    """A protocol method of which only the presence is known."""
    shapes = {"__aiter__": "AsyncIterator", "__iter__": "Iterator", "__await__": "Generator"}
    returns: Type = ANY
    if name in shapes:
        returns = Apply(Ref("collections.abc", shapes[name]), (ANY,) * (3 if name == "__await__" else 1))
    coroutine = name in ("__aenter__", "__aexit__", "__anext__")
    return FunctionDef((Signature(coroutine, (), None, returns),))


def class_scope(node: ast.ClassDef) -> Scope:
    return bind(node.body, "")
