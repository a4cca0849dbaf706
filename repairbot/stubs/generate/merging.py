"""Several releases to one stub: what they agree on is stated, what they disagree on is a union or left unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace as changed

from repairbot.stubs.generate.collecting import plain_protocol
from repairbot.stubs.generate.definitions import (
    ASYNC_PROTOCOL,
    PROMISED,
    AliasDef,
    ClassDef,
    Definition,
    FunctionDef,
    Member,
    Signature,
    VariableDef,
    Wrapper,
)
from repairbot.stubs.generate.typeexpr import ANY, Apply, Ref, Type, one_of

# Not __iter__: it is left over from generator-based coroutines in some releases.
COMPARED = (*ASYNC_PROTOCOL, "__enter__", "__exit__")

Stated = list[tuple[str, Definition]]


def merge(stated: Stated) -> Definition:
    """The definitions of one name, newest release first, as one."""
    newest = stated[0][1]
    if any(type(definition) is not type(newest) for _, definition in stated):
        members = [(v, d) for v, d in stated if isinstance(d, FunctionDef | VariableDef)]
        return merge_member(members) if len(members) == len(stated) else unknown(stated)
    match newest:
        case ClassDef():
            return _merge_classes([(v, d) for v, d in stated if isinstance(d, ClassDef)])
        case FunctionDef() | VariableDef():
            return merge_member([(v, d) for v, d in stated if isinstance(d, FunctionDef | VariableDef)])
        case _:
            return newest


def _merge_classes(stated: list[tuple[str, ClassDef]]) -> ClassDef:
    newest = stated[0][1]
    names = dict.fromkeys(name for _, definition in stated for name in definition.members)
    members: dict[str, Member] = {}
    for name in names:
        members[name] = merge_member([(v, d.members[name]) for v, d in stated if name in d.members])
    protocol = frozenset[str]().union(*(definition.protocol for _, definition in stated))
    notes: list[str] = []
    for name in sorted(protocol):
        having = [version for version, definition in stated if name in definition.protocol]
        if len(having) < len(stated):
            notes.append(f"{name} only in {_spelled(having)}")
            if name not in newest.protocol:
                members.setdefault(name, plain_protocol(name))
    missing = frozenset[str]().union(*(definition.missing for _, definition in stated))
    return ClassDef(newest.bases, members, protocol, missing, "; ".join(notes))


def merge_member(stated: list[tuple[str, Member]]) -> Member:
    """One member of a class, or one function or variable of a module."""
    stated = [(version, member) for version, member in stated if member is not PROMISED] or stated
    newest = stated[0][1]
    if all(member == newest for _, member in stated):
        return newest
    attributes = [_attribute_type(member) for _, member in stated]
    if all(type_ is not None for type_ in attributes):
        return _merge_attributes(newest, [type_ for type_ in attributes if type_ is not None])
    functions = [(version, member) for version, member in stated if isinstance(member, FunctionDef)]
    if len(functions) < len(stated) or len({_shape(member) for _, member in functions}) > 1:
        return unknown(stated)
    return _merge_functions([member for _, member in functions])


def _attribute_type(member: Member) -> Type | None:
    if isinstance(member, VariableDef):
        return member.type
    return member.signatures[0].returns if member.is_property else None


def _merge_attributes(newest: Member, types: list[Type]) -> Member:
    known = [type_ for type_ in types if type_ != ANY]
    merged = ANY if not known else one_of(known)
    if isinstance(newest, VariableDef):
        return changed(newest, type=merged)
    return FunctionDef((changed(newest.signatures[0], returns=merged),))


def _shape(member: FunctionDef) -> frozenset[tuple[bool, tuple[Wrapper, ...]]]:
    """What decides how a call is used: coroutine or not, and decorators."""
    return frozenset(
        (signature.coroutine, tuple(w for w in signature.wrappers if w is not Wrapper.OVERLOAD))
        for signature in member.signatures
    )


def _merge_functions(members: list[FunctionDef]) -> FunctionDef:
    newest = members[0]
    if all(len(member.signatures) == 1 for member in members):
        known = [m.signatures[0].returns for m in members if m.signatures[0].returns != ANY]
        return FunctionDef((changed(newest.signatures[0], returns=one_of(known) if known else ANY),))
    signatures = list(newest.signatures)
    for member in members[1:]:
        for signature in member.signatures:
            if all(signature.returns != known.returns for known in signatures) and signature.returns != ANY:
                signatures.append(changed(signature, parameters=None))
    if len(signatures) == 1:
        return FunctionDef(tuple(signatures))
    return FunctionDef(tuple(_overloaded(signature) for signature in signatures))


def _overloaded(signature: Signature) -> Signature:
    if Wrapper.OVERLOAD in signature.wrappers:
        return signature
    return changed(signature, wrappers=(Wrapper.OVERLOAD, *signature.wrappers))


def agree(stated: Stated, classes: Mapping[Ref, Definition]) -> bool:
    """Whether what a name led to over time is used alike: coroutines with coroutines, and calls that give objects of
    the same protocols."""
    results = [_result(definition, classes) for _, definition in stated]
    return None not in results and len(set(results)) == 1


def _result(definition: Definition, classes: Mapping[Ref, Definition]) -> object:
    """What a call gives, as far as comparing needs it; None when that is not plain."""
    match definition:
        case ClassDef(protocol=protocol):
            return protocol.intersection(COMPARED)
        case FunctionDef((Signature(False, (), _, returns),)) | AliasDef(returns):
            head = returns.head if isinstance(returns, Apply) else returns
            given = classes.get(head) if isinstance(head, Ref) else None
            return given.protocol.intersection(COMPARED) if isinstance(given, ClassDef) else None
        case FunctionDef():
            return _shape(definition)
        case _:
            return None


def unknown(stated: Iterable[tuple[str, Definition]]) -> VariableDef:
    """What stands for things that are used in different ways."""
    return VariableDef(ANY, "differs: " + "; ".join(f"{version} {_described(d)}" for version, d in stated))


def _described(definition: Definition) -> str:
    match definition:
        case FunctionDef(signatures):
            first = signatures[0]
            kinds = [wrapper.ref.name for wrapper in first.wrappers]
            return " ".join([*kinds, "async def" if first.coroutine else "def"])
        case VariableDef():
            return "unknown" if definition.type == ANY else "attribute"
        case _:
            return type(definition).__name__


def _spelled(versions: list[str]) -> str:
    return ", ".join(reversed(versions))
