"""Annotations of a library, as source, to type expressions whose names are resolved and whose aliases are expanded."""

from __future__ import annotations

import ast
import sys
import typing
from collections.abc import Callable, Mapping

from repairbot.stubs.generate.binding import Assigned
from repairbot.stubs.generate.reading import Library, Symbol
from repairbot.stubs.generate.typeexpr import (
    ANY,
    ELLIPSIS,
    NONE,
    Apply,
    Listed,
    Ref,
    Text,
    Type,
    one_of,
    refs,
    replace,
)

TYPE_VARIABLES = ("TypeVar", "ParamSpec", "TypeVarTuple")

_BUILTIN = {"List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple", "Type": "type"}
_ABC = frozenset(
    [
        "AsyncIterator",
        "AsyncIterable",
        "AsyncGenerator",
        "Awaitable",
        "Coroutine",
        "Iterator",
        "Iterable",
        "Generator",
        "Callable",
        "Mapping",
        "MutableMapping",
        "Sequence",
        "MutableSequence",
        "Collection",
        "Container",
        "Reversible",
        "Hashable",
        "Sized",
        "KeysView",
        "ValuesView",
        "ItemsView",
        "MutableSet",
    ]
)
_CONTEXT = {"ContextManager": "AbstractContextManager", "AsyncContextManager": "AbstractAsyncContextManager"}
# Wrappers whose first argument is what a reader of the attribute gets.
_SEEN_THROUGH = frozenset(
    Ref("typing", name) for name in ("Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "Unpack")
)
_NOT_A_TYPE = frozenset(Ref("typing", name) for name in ("TypeAlias", "NewType", "Final", "ClassVar", "LiteralString"))


def standard(module: str, name: str) -> Ref:
    """One spelling for each name of the standard library that has several."""
    module = "typing" if module == "typing_extensions" else module
    if module == "typing":
        if name in _BUILTIN:
            return Ref("builtins", _BUILTIN[name])
        if name in _CONTEXT:
            return Ref("contextlib", _CONTEXT[name])
        if name in _ABC or name == "AbstractSet":
            return Ref("collections.abc", "Set" if name == "AbstractSet" else name)
        if name == "Text":
            return Ref("builtins", "str")
    return Ref(module, name)


def is_standard(module: str) -> bool:
    return module == "typing_extensions" or module.partition(".")[0] in sys.stdlib_module_names


class TypeReader:
    """Reads the annotations of one library; `foreign` names what other libraries' stubs offer."""

    def __init__(self, library: Library, foreign: Callable[[Symbol], Ref | None]) -> None:
        self.library = library
        self.foreign = foreign
        self._aliases: dict[Symbol, Type] = {}

    def read(self, module: str, node: ast.expr | None) -> Type:
        match node:
            case None:
                return ANY
            case ast.Constant(None):
                return NONE
            case ast.Constant(value=str(source)):
                return self._quoted(module, source)
            case ast.Constant(value=value) if value is ...:
                return ELLIPSIS
            case ast.BinOp(left, ast.BitOr(), right):
                return one_of([self.read(module, left), self.read(module, right)])
            case ast.List(elts):
                return Listed(tuple(self.read(module, item) for item in elts))
            case ast.Subscript(value, index):
                return self._subscript(module, value, index)
            case ast.Starred(value):
                return self.read(module, value)
            case ast.Name() | ast.Attribute():
                return self._name(module, node)
            case _:
                return ANY

    def _quoted(self, module: str, source: str) -> Type:
        try:
            return self.read(module, ast.parse(source.strip(), mode="eval").body)
        except SyntaxError:
            return ANY

    def _name(self, module: str, node: ast.expr) -> Type:
        symbol = self.library.resolve(module, node)
        if symbol is None:
            return ANY
        if symbol.binding is None:
            return self._outside(symbol)
        match symbol.binding:
            case ast.ClassDef():
                return Ref(symbol.module, symbol.name)
            case Assigned() as assigned if self.type_variable(symbol) is None:
                return self._alias(symbol, assigned)
            case Assigned():
                return Ref(symbol.module, symbol.name)
            case _:
                return ANY

    def _outside(self, symbol: Symbol) -> Type:
        if symbol.module == "builtins" or is_standard(symbol.module):
            ref = standard(symbol.module, symbol.name)
            if ref in _NOT_A_TYPE or (ref.module == "typing" and not hasattr(typing, ref.name)):
                return ANY
            return ref if not ref.name.startswith("TypeIs") else Ref("builtins", "bool")
        return self.foreign(symbol) or ANY

    def _alias(self, symbol: Symbol, assigned: Assigned) -> Type:
        if assigned.value is None or isinstance(assigned.value, ast.Call):
            return ANY
        if symbol not in self._aliases:
            self._aliases[symbol] = ANY  # a recursive alias ends here
            self._aliases[symbol] = self.read(symbol.module, assigned.value)
        return self._aliases[symbol]

    def _subscript(self, module: str, value: ast.expr, index: ast.expr) -> Type:
        head = self.read(module, value)
        items = list(index.elts) if isinstance(index, ast.Tuple) else [index]
        if head == Ref("typing", "Literal"):
            return Apply(Ref("typing", "Literal"), tuple(Text(ast.unparse(item)) for item in items))
        args = [self.read(module, item) for item in items]
        if head == Ref("typing", "Union"):
            return one_of(args)
        if head == Ref("typing", "Optional"):
            return one_of([args[0], NONE])
        if head in _SEEN_THROUGH:
            return args[0]
        if head in (Ref("typing", "TypeGuard"), Ref("typing", "TypeIs")):
            return Ref("builtins", "bool")
        if isinstance(head, Ref):
            return head if head == ANY else Apply(head, tuple(args))
        return self._fill(head, args)

    def _fill(self, alias: Type, args: list[Type]) -> Type:
        """An expanded generic alias with its type variables replaced by `args`, in order of first appearance."""
        found: list[Ref] = []
        for ref in refs(alias):
            if ref not in found and self.type_variable(self.library.locate(ref.module, ref.name)) is not None:
                found.append(ref)
        filled: Mapping[Ref, Type] = dict(zip(found, args, strict=False))
        return replace(alias, lambda ref: filled.get(ref, ref))

    def type_variable(self, symbol: Symbol) -> str | None:
        """`TypeVar`, `ParamSpec` or `TypeVarTuple` when that is what the symbol is."""
        match symbol.binding:
            case Assigned(value=ast.Call(func=func)):
                called = ast.unparse(func).rpartition(".")[2]
                return called if called in TYPE_VARIABLES else None
            case _:
                return None
