"""Function definitions to signatures: what a call gives, by decorator first, then body, then annotation."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace as changed

from repairbot.stubs.generate.annotations import TypeReader
from repairbot.stubs.generate.binding import Function, Functions, is_overload
from repairbot.stubs.generate.bodies import has_yield, listed_parameters, own_nodes, says_nothing
from repairbot.stubs.generate.definitions import (
    PROMISED,
    UNKNOWN,
    FunctionDef,
    Member,
    Parameter,
    Signature,
    VariableDef,
    Wrapper,
)
from repairbot.stubs.generate.reading import Library
from repairbot.stubs.generate.typeexpr import ANY, NONE, SELF, Apply, OneOf, Ref, Type, one_of, refs, replace

ASYNC_ITERATORS = tuple(Ref("collections.abc", name) for name in ("AsyncIterator", "AsyncIterable", "AsyncGenerator"))
ITERATORS = tuple(Ref("collections.abc", name) for name in ("Iterator", "Iterable", "Generator"))
CONSTRUCTORS = ("__init__", "__new__")
COROUTINE = Ref("collections.abc", "Coroutine")
DEEPEST_FORWARD = 4

# What well-known decorators leave of a function: a wrapper that the stub keeps, or nothing worth saying ("same").
_KNOWN: Mapping[str, str] = {
    **{wrapper.value: wrapper.value for wrapper in Wrapper},
    "typing_extensions.overload": Wrapper.OVERLOAD,
    "functools.cached_property": Wrapper.PROPERTY,
    "abc.abstractproperty": Wrapper.PROPERTY,
    "async_generator.asynccontextmanager": Wrapper.ASYNC_CONTEXT,
    **dict.fromkeys(
        (
            "abc.abstractmethod",
            "typing.final",
            "typing.no_type_check",
            "typing.override",
            "typing_extensions.deprecated",
            "typing_extensions.final",
            "typing_extensions.override",
            "warnings.deprecated",
            "functools.lru_cache",
            "functools.cache",
            "functools.wraps",
        ),
        "same",
    ),
}


class FunctionReader:
    """Reads the functions of one library; `decorators` says what its own decorators do."""

    def __init__(self, library: Library, types: TypeReader, decorators: Mapping[str, str]) -> None:
        self.library = library
        self.types = types
        self.decorators = {**_KNOWN, **decorators}
        self.unknown_decorators: set[str] = set()

    def read(self, module: str, functions: Functions, depth: int = 0) -> Member:
        """The function with its overloads, or the unknown variable when it cannot be told what a call gives."""
        body = functions.nodes[-1]
        declared = [node for node in functions.nodes if is_overload(node)] or [body]
        if self._is_recast(module, body):
            declared = [body]  # its overloads state what the decorator makes of it
        signatures: list[Signature] = []
        for node in declared:
            signature = self._signature(module, node, body, depth)
            if isinstance(signature, VariableDef):
                return signature
            signatures.append(signature)
        return FunctionDef(tuple(signatures))

    def _is_recast(self, module: str, body: Function) -> bool:
        """Whether a decorator makes something else of what the function gives."""
        wrappers, result = self._decorated(module, body, body)
        return result is not None or any(w in (wrappers or ()) for w in (Wrapper.ASYNC_CONTEXT, Wrapper.CONTEXT))

    def _signature(self, module: str, node: Function, body: Function, depth: int) -> Signature | VariableDef:
        wrappers, result = self._decorated(module, node, body)
        if wrappers is None:
            return UNKNOWN
        returns = self._own_type(module, node, self._returns(module, node, depth))
        parameters = self._parameters(module, node, returns)
        generator = has_yield(body)
        coroutine = isinstance(node, ast.AsyncFunctionDef) and not generator
        if Wrapper.ASYNC_CONTEXT in wrappers or Wrapper.CONTEXT in wrappers:
            returns, coroutine = _yielded_by(returns, Wrapper.ASYNC_CONTEXT in wrappers), False
        elif generator:
            returns = _generator(returns, isinstance(body, ast.AsyncFunctionDef))
        elif coroutine and says_nothing(body) and _may_be_generator(node, returns):
            return PROMISED
        if result is not None:
            inner = returns.args[0] if generator and isinstance(returns, Apply) else returns
            returns, coroutine = Apply(result, (inner,)), False
        return Signature(coroutine, wrappers, parameters, returns, generator and result is None)

    def _decorated(self, module: str, node: Function, body: Function) -> tuple[tuple[Wrapper, ...] | None, Ref | None]:
        wrappers: list[Wrapper] = []
        result: Ref | None = None
        decorators = [*node.decorator_list, *(body.decorator_list if body is not node else [])]
        for decorator in decorators:
            fate = self._fate(module, decorator)
            if fate is None:
                return None, None
            if fate in list(Wrapper):
                if Wrapper(fate) not in wrappers:
                    wrappers.append(Wrapper(fate))
            elif fate != "same":
                result = Ref(*fate.rsplit(".", 1))
        return tuple(sorted(wrappers, key=list(Wrapper).index)), result

    def _fate(self, module: str, decorator: ast.expr) -> str | None:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        symbol = self.library.resolve(module, target)
        dotted = f"{symbol.module}.{symbol.name}" if symbol is not None else ast.unparse(target)
        fate = self.decorators.get(dotted)
        if fate is None:
            self.unknown_decorators.add(dotted)
        return fate

    def _returns(self, module: str, node: Function, depth: int) -> Type:
        if node.returns is not None:
            return self.types.read(module, node.returns)
        if has_yield(node):
            return self._yields(module, node, depth)
        if says_nothing(node):
            return ANY
        values = list(own_nodes(node, ast.Return))
        if not any(value.value is not None for value in values):
            return NONE
        found = [self._value(module, value.value, node, depth) for value in values]
        return ANY if ANY in found else one_of(found)

    def _yields(self, module: str, node: Function, depth: int) -> Type:
        """The annotation that a generator without one deserves."""
        found: list[Type] = []
        for value in own_nodes(node, ast.Yield):
            match value.value:
                case ast.Tuple(elts):
                    found.append(Apply(Ref("builtins", "tuple"), (ANY,) * len(elts)))
                case other:
                    found.append(self._value(module, other, node, depth))
        item = ANY if ANY in found or not found else one_of(found)
        asynchronous = isinstance(node, ast.AsyncFunctionDef)
        return ANY if item == ANY else Apply((ASYNC_ITERATORS if asynchronous else ITERATORS)[0], (item,))

    def _value(self, module: str, value: ast.expr | None, node: Function, depth: int) -> Type:
        first = next((argument.arg for argument in (*node.args.posonlyargs, *node.args.args)), "")
        match value:
            case None | ast.Constant(None):
                return NONE
            case ast.Name(name) if name == first == "self":
                return SELF
            case ast.Call(func=ast.Name("cls")) if first == "cls":
                return SELF
            case ast.Call(func=ast.Attribute(value=ast.Name("self"), attr="__class__")):
                return SELF
            case ast.Call():
                return self.instance(module, value, depth + 1)
            case ast.Await(ast.Call() as call):
                return _awaited(self.instance(module, call, depth + 1))
            case _:
                return ANY

    def instance(self, module: str, call: ast.Call, depth: int = 0) -> Type:
        """What a call gives: an instance of a class, or what a function says it returns."""
        symbol = self.library.resolve(module, call.func)
        if symbol is None or depth > DEEPEST_FORWARD:
            return ANY
        match symbol.binding:
            case ast.ClassDef():
                return Ref(symbol.module, symbol.name)
            case Functions() as functions:
                member = self.read(symbol.module, functions, depth + 1)
                return self._without_variables(_called(member))
            case _:
                return ANY

    def _without_variables(self, type_: Type) -> Type:
        return replace(type_, lambda ref: ANY if self._is_variable(ref) else ref)

    def _parameters(self, module: str, node: Function, returns: Type) -> tuple[Parameter, ...] | None:
        """The parameter list, where the result depends on it: through a type variable, or by overload."""
        variables = {ref for ref in refs(returns) if self._is_variable(ref)}
        constructor = node.name in CONSTRUCTORS
        if not variables and not constructor and not is_overload(node):
            return None

        def telling(type_: Type) -> bool:
            found = set(refs(type_))
            if constructor and any(self._is_variable(ref) for ref in found):
                return True
            return bool(found & variables) or (is_overload(node) and Ref("typing", "Literal") in found)

        full = [
            changed(parameter, type=type_ if telling(type_) else None)
            for parameter, annotation in listed_parameters(node)
            for type_ in [self.types.read(module, annotation)]
        ]
        full = full[1:] if full and full[0].name in ("self", "cls", "mcs", "__self") else full
        return tuple(full) if any(parameter.type is not None for parameter in full) else None

    def _own_type(self, module: str, node: Function, returns: Type) -> Type:
        """`def f(self: T) -> T` says Self."""
        arguments = (*node.args.posonlyargs, *node.args.args)
        if not arguments or arguments[0].arg not in ("self", "cls"):
            return returns
        own = self.types.read(module, arguments[0].annotation)
        if isinstance(own, Apply) and own.head == Ref("builtins", "type"):
            own = own.args[0]
        if not isinstance(own, Ref) or not self._is_variable(own):
            return returns
        return replace(returns, lambda ref: SELF if ref == own else ref)

    def _is_variable(self, ref: Ref) -> bool:
        return self.types.type_variable(self.library.locate(ref.module, ref.name)) is not None


def _may_be_generator(node: Function, returns: Type) -> bool:
    if returns == ANY:
        return node.returns is None or "Async" in ast.unparse(node.returns)
    return _head(returns) in ASYNC_ITERATORS


def _head(type_: Type) -> Type:
    return type_.head if isinstance(type_, Apply) else type_


def _item(type_: Type, heads: tuple[Ref, ...]) -> Type:
    if isinstance(type_, OneOf):
        return ANY
    return type_.args[0] if isinstance(type_, Apply) and type_.head in heads and type_.args else ANY


def _yielded_by(returns: Type, asynchronous: bool) -> Type:
    heads = ASYNC_ITERATORS if asynchronous else ITERATORS
    return Apply(heads[0], (_item(returns, heads),))


def _generator(returns: Type, asynchronous: bool) -> Type:
    heads = ASYNC_ITERATORS if asynchronous else ITERATORS
    if isinstance(returns, Apply) and returns.head == heads[2]:
        return returns
    rest = (NONE,) if asynchronous else (ANY, ANY)
    return Apply(heads[2], (_item(returns, heads), *rest))


def _awaited(type_: Type) -> Type:
    if isinstance(type_, Apply) and type_.head == COROUTINE:
        return type_.args[2]
    return ANY


def _called(member: Member) -> Type:
    """What a call of an inferred function gives, written as an annotation."""
    if isinstance(member, VariableDef) or len(member.signatures) != 1:
        return ANY
    signature = member.signatures[0]
    if Wrapper.ASYNC_CONTEXT in signature.wrappers:
        return Apply(Ref("contextlib", "AbstractAsyncContextManager"), (_item(signature.returns, ASYNC_ITERATORS),))
    if Wrapper.CONTEXT in signature.wrappers:
        return Apply(Ref("contextlib", "AbstractContextManager"), (_item(signature.returns, ITERATORS),))
    if SELF in set(refs(signature.returns)):
        return ANY
    if signature.coroutine:
        return Apply(COROUTINE, (ANY, ANY, signature.returns))
    return signature.returns
