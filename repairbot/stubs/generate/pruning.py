"""Definitions of one release to what a stub says of them; every class that is not kept becomes Any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace as changed

from repairbot.stubs.generate.collecting import plain_protocol, standard_protocol
from repairbot.stubs.generate.definitions import (
    AliasDef,
    ClassDef,
    Definition,
    FunctionDef,
    Member,
    Parameter,
    Signature,
    TypeVariable,
    VariableDef,
    Wrapper,
)
from repairbot.stubs.generate.selecting import TELLING, Interest, Release
from repairbot.stubs.generate.typeexpr import ANY, ELLIPSIS, Apply, Listed, OneOf, Ref, Type, one_of, refs, replace

_TYPING_MODULES = ("builtins", "typing", "collections.abc", "contextlib")
_CALLABLE = Ref("collections.abc", "Callable")
_LITERAL = Ref("typing", "Literal")


class Pruner:
    """Rewrites the definitions of one release."""

    def __init__(self, interest: Interest, release: Release, package: str) -> None:
        self.interest = interest
        self.release = release
        self.package = package

    def definition(self, ref: Ref, definition: Definition) -> Definition:
        match definition:
            case ClassDef():
                return self._class(definition)
            case FunctionDef() | VariableDef():
                return self._member(definition, frozenset())
            case AliasDef(type_):
                return changed(definition, type=self.type(type_))
            case TypeVariable(_, bound):
                return definition if bound is None else changed(definition, bound=self.type(bound))

    def _class(self, definition: ClassDef) -> ClassDef:
        bases = tuple(self.type(base) for base in definition.bases if self._kept(_head(base)))
        variables = self._variables(bases)
        members = {
            name: self._member(member, variables)
            for name, member in definition.members.items()
            if self.interest.kept_member(name, member)
        }
        inherited: set[str] = set()
        for base in bases:
            inherited |= self.release.collector.protocol_of(_head(base))
        for name in sorted(definition.protocol - inherited - members.keys()):
            members[name] = plain_protocol(name)
        return changed(definition, bases=bases, members=members)

    def _variables(self, types: Collection[Type]) -> frozenset[Ref]:
        return frozenset(ref for type_ in types for ref in refs(type_) if ref in self.interest.variables)

    def _kept(self, ref: Type) -> bool:
        if not isinstance(ref, Ref):
            return False
        top = ref.module.partition(".")[0]
        if top == self.package:
            return ref in self.interest.classes or ref in self.interest.variables
        if top in self.release.collector.shipped or ref.module in _TYPING_MODULES:
            return True
        return bool(standard_protocol(ref).intersection(TELLING))

    def _member(self, member: Member, variables: frozenset[Ref]) -> Member:
        if isinstance(member, VariableDef):
            return changed(member, type=self._bound(self.type(member.type), variables))
        return changed(member, signatures=_joined([self._signature(s, variables) for s in member.signatures]))

    def _signature(self, signature: Signature, variables: frozenset[Ref]) -> Signature:
        """Type variables that neither the class nor a parameter can bind become Any."""
        returns = _without_literals(self.type(signature.returns))
        parameters = signature.parameters
        if parameters is not None:
            parameters = tuple(self._parameter(parameter, returns) for parameter in parameters)
            bound = self._variables([p.type for p in parameters if p.type is not None])
            if all(parameter.type is None for parameter in parameters):
                parameters = None
            variables |= bound
        if not (isinstance(returns, Apply) and returns.head == _CALLABLE):
            returns = self._bound(returns, variables)
        return changed(signature, returns=returns, parameters=parameters)

    def _parameter(self, parameter: Parameter, returns: Type) -> Parameter:
        if parameter.type is None:
            return parameter
        type_ = self.type(parameter.type)
        wanted = self._variables([returns])
        kept = _LITERAL in set(refs(type_)) or any(ref in wanted for ref in refs(type_))
        return changed(parameter, type=type_ if kept else None)

    def _bound(self, type_: Type, variables: frozenset[Ref]) -> Type:
        return replace(type_, lambda ref: ANY if ref in self.interest.variables - variables else ref)

    def type(self, type_: Type) -> Type:
        return self._plain_callables(replace(type_, lambda ref: ref if self._kept(ref) else ANY))

    def _plain_callables(self, type_: Type) -> Type:
        """`Callable[[A, B], R]` says `Callable[..., R]` unless a type variable joins its parameters to something."""
        match type_:
            case OneOf(items) | Listed(items):
                return changed(type_, items=tuple(self._plain_callables(item) for item in items))
            case Apply(head, args):
                args = tuple(self._plain_callables(arg) for arg in args)
                if head == _CALLABLE and isinstance(args[0], Listed) and not self._variables(args[:1]):
                    args = (ELLIPSIS, *args[1:])
                return Apply(head, args)
            case _:
                return type_


def _head(type_: Type) -> Type:
    return type_.head if isinstance(type_, Apply) else type_


def _without_literals(type_: Type) -> Type:
    match type_:
        case Apply(head, args):
            return ANY if head == _LITERAL else Apply(head, tuple(_without_literals(arg) for arg in args))
        case OneOf(items):
            return one_of([_without_literals(item) for item in items])
        case _:
            return type_


def _joined(signatures: list[Signature]) -> tuple[Signature, ...]:
    """Overloads that no longer tell calls apart become one signature with the union of their results."""
    first = signatures[0]
    alike = all(
        (signature.coroutine, signature.wrappers, signature.generator) == (first.coroutine, first.wrappers, first.generator)
        for signature in signatures
    )
    same_result = all(signature.returns == first.returns for signature in signatures)
    if not alike or not (same_result or all(signature.parameters is None for signature in signatures)):
        return tuple(dict.fromkeys(signatures))
    wrappers = tuple(wrapper for wrapper in first.wrappers if wrapper is not Wrapper.OVERLOAD)
    parameters = first.parameters if len(signatures) == 1 else None
    returns = one_of([signature.returns for signature in signatures])
    return (changed(first, wrappers=wrappers, parameters=parameters, returns=returns),)
