"""Definitions of one release to what a stub says of them; every class that is not kept becomes Any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace as changed

from repairbot.stubs.generate.collecting import plain_protocol
from repairbot.stubs.generate.definitions import (
    PROMISED,
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
from repairbot.stubs.generate.selecting import Interest, Release
from repairbot.stubs.generate.typeexpr import (
    ANY,
    ELLIPSIS,
    NONE,
    Apply,
    Listed,
    OneOf,
    Ref,
    Type,
    one_of,
    refs,
    replace,
)

_TYPING_MODULES = ("builtins", "typing", "collections.abc", "contextlib")
_CALLABLE = Ref("collections.abc", "Callable")
_LITERAL = Ref("typing", "Literal")
DEEPEST_BINDING = 2


class Pruner:
    """Rewrites the definitions of one release."""

    def __init__(self, interest: Interest, release: Release, package: str) -> None:
        self.interest = interest
        self.release = release
        self.package = package

    def definition(self, definition: Definition, members: Collection[str]) -> Definition:
        """The definition pruned; of a class, the members named."""
        match definition:
            case ClassDef():
                return self._class(definition, members)
            case FunctionDef() | VariableDef():
                return self._member(definition, frozenset())
            case AliasDef(type_):
                return changed(definition, type=self.type(type_))
            case TypeVariable(_, bound):
                return definition if bound is None else changed(definition, bound=self.type(bound))

    def _class(self, definition: ClassDef, kept: Collection[str]) -> ClassDef:
        bases = tuple(self.type(base) for base in definition.bases if self._kept(_head(base)))
        variables = self._variables(bases)
        members = {
            name: self._member(member, variables, constructor=name == "__init__")
            for name, member in definition.members.items()
            if name in kept
        }
        members = {name: member for name, member in members.items() if not _says_nothing(name, member)}
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
        return self.interest.ref(ref)

    def _member(self, member: Member, variables: frozenset[Ref], *, constructor: bool = False) -> Member:
        if member is PROMISED:
            return member
        if isinstance(member, VariableDef):
            return changed(member, type=self._bound(self.type(member.type), variables))
        pruned = [self._signature(signature, variables) for signature in member.signatures]
        if constructor:
            return changed(member, signatures=tuple(_all_slimmed(list(dict.fromkeys(pruned)))))
        slim = _all_slimmed(_joined(pruned))
        return changed(member, signatures=tuple(_joined(slim)))

    def _signature(self, signature: Signature, variables: frozenset[Ref]) -> Signature:
        """Type variables that neither the class nor a parameter can bind become Any."""
        returns = _without_literals(self.type(signature.returns))
        parameters = signature.parameters
        if parameters is not None:
            wanted = self._variables([returns]) - variables if returns != NONE else variables
            parameters = tuple(self._parameter(parameter, wanted) for parameter in parameters)
            variables |= self._variables([p.type for p in parameters if p.type is not None])
        if not (isinstance(returns, Apply) and returns.head == _CALLABLE):
            returns = self._bound(returns, variables)
        return changed(signature, returns=returns, parameters=parameters)

    def _parameter(self, parameter: Parameter, wanted: frozenset[Ref]) -> Parameter:
        if parameter.type is None:
            return parameter
        type_ = self.type(parameter.type)
        used = set(refs(type_))
        if _LITERAL in used and not used & wanted:
            return changed(parameter, type=_only_literals(type_))
        return changed(parameter, type=type_ if _binds(type_, wanted) else None)

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
                told = (isinstance(args[0], Ref | Apply) and args[0] != ANY) or bool(self._variables(args[:1]))
                if head == _CALLABLE and not told:
                    args = (ELLIPSIS, *args[1:])
                return Apply(head, args)
            case _:
                return type_


def _says_nothing(name: str, member: Member) -> bool:
    if name != "__init__" or not isinstance(member, FunctionDef):
        return False
    return all(signature.parameters is None for signature in member.signatures)


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


def _binds(type_: Type, wanted: frozenset[Ref], depth: int = 0) -> bool:
    """Whether an argument tells one of the type variables without much ado: `T`, `type[T]`, `Callable[..., T]`."""
    match type_:
        case Ref():
            return type_ in wanted
        case OneOf(items):
            return any(_binds(item, wanted, depth) for item in items)
        case Apply(head, args) if depth < DEEPEST_BINDING:
            told = args[1:] if head == _CALLABLE else args
            return any(_binds(arg, wanted, depth + 1) for arg in told) or (
                head == _CALLABLE and bool(wanted.intersection(refs(args[0])))
            )
        case _:
            return False


def _only_literals(type_: Type) -> Type | None:
    """`Literal[True] | NotGiven` says Literal[True]; a choice of strings or plain types says nothing."""
    items = type_.items if isinstance(type_, OneOf) else (type_,)
    found = [item for item in items if isinstance(item, Apply) and item.head == _LITERAL]
    return one_of([*found]) if found and all(item in found or item in (ANY, NONE) for item in items) else None


def _joined(signatures: list[Signature]) -> list[Signature]:
    """Overloads that no longer tell calls apart become one signature with the union of their results."""
    first = signatures[0]
    alike = all(
        (signature.coroutine, signature.wrappers, signature.generator)
        == (first.coroutine, first.wrappers, first.generator)
        for signature in signatures
    )
    same_result = all(signature.returns == first.returns for signature in signatures)
    told_apart = any(parameter.type is not None for s in signatures for parameter in s.parameters or ())
    if len(signatures) == 1 or not alike or (told_apart and not same_result):
        return list(dict.fromkeys(signatures))
    wrappers = tuple(wrapper for wrapper in first.wrappers if wrapper is not Wrapper.OVERLOAD)
    returns = one_of([signature.returns for signature in signatures])
    return [changed(first, wrappers=wrappers, parameters=None, returns=returns)]


def _telling_names(signatures: list[Signature]) -> frozenset[str]:
    """The parameters by which overloads differ, and those that bind type variables."""
    types: dict[str, set[Type | None]] = {}
    for signature in signatures:
        for parameter in signature.parameters or ():
            types.setdefault(parameter.name, set()).add(parameter.type)
    return frozenset(
        name
        for name, found in types.items()
        if found != {None}
        and (len(found) > 1 or all(type_ is None or _LITERAL not in set(refs(type_)) for type_ in found))
    )


def _all_slimmed(signatures: list[Signature]) -> list[Signature]:
    telling = _telling_names(signatures)
    return [slimmed(signature, telling) for signature in signatures]


def slimmed(signature: Signature, telling: frozenset[str]) -> Signature:
    """The signature with `*args` and `**kwargs` in place of parameters that tell nothing."""
    if signature.parameters is None or not any(parameter.name in telling for parameter in signature.parameters):
        return changed(signature, parameters=None)
    listed = signature.parameters
    stars = [index for index, parameter in enumerate(listed) if parameter.mark in ("*", "**")]
    cut = stars[0] if stars else len(listed)
    positional, rest = listed[:cut], listed[cut:]
    last = max((index for index, parameter in enumerate(positional) if parameter.name in telling), default=-1)
    kept = [_plain(parameter, telling) for parameter in positional[: last + 1]]
    if positional[last + 1 : last + 2] == (Parameter("", "/"),):
        kept.append(Parameter("", "/"))
    dropped = [p for p in positional[last + 1 :] if p.name] or any(
        p.mark == "*" and p.name not in telling for p in rest[:1]
    )
    star = [p for p in rest if p.mark == "*" and p.name in telling] or ([Parameter("args", "*")] if dropped else [])
    named = [_plain(parameter, telling) for parameter in rest if not parameter.mark and parameter.name in telling]
    if named and not star:
        star = [Parameter("", "*")]
    end = [p for p in rest if p.mark == "**" and p.name in telling] or [Parameter("kwargs", "**")]
    return changed(signature, parameters=(*kept, *star, *named, *end))


def _plain(parameter: Parameter, telling: frozenset[str]) -> Parameter:
    return parameter if parameter.name in telling else changed(parameter, type=None)
