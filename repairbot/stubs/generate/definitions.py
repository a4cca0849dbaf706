"""What a stub can state: classes, functions, variables and type variables, with their types resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from enum import StrEnum

from repairbot.stubs.generate.typeexpr import ANY, Ref, Type, refs, replace

ASYNC_PROTOCOL = ("__aiter__", "__anext__", "__aenter__", "__aexit__", "__await__")
SYNC_PROTOCOL = ("__iter__", "__next__", "__enter__", "__exit__")
PROTOCOL = (*ASYNC_PROTOCOL, *SYNC_PROTOCOL, "__call__", "__getattr__")


class Wrapper(StrEnum):
    """The decorators that a stub keeps."""

    OVERLOAD = "typing.overload"
    PROPERTY = "builtins.property"
    CLASSMETHOD = "builtins.classmethod"
    STATICMETHOD = "builtins.staticmethod"
    CONTEXT = "contextlib.contextmanager"
    ASYNC_CONTEXT = "contextlib.asynccontextmanager"

    @property
    def ref(self) -> Ref:
        return Ref(*self.value.split("."))


@dataclass(frozen=True, slots=True)
class Parameter:
    """`mark` is "", "*", "**", or "/" and "*" alone for the separators (then `name` is empty)."""

    name: str
    mark: str = ""
    type: Type | None = None
    default: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One definition or overload. `parameters` is None where they do not matter."""

    coroutine: bool
    wrappers: tuple[Wrapper, ...]
    parameters: tuple[Parameter, ...] | None
    returns: Type
    generator: bool = False

    @property
    def types(self) -> Iterator[Type]:
        yield self.returns
        yield from (parameter.type for parameter in self.parameters or () if parameter.type is not None)


@dataclass(frozen=True, slots=True)
class FunctionDef:
    signatures: tuple[Signature, ...]
    note: str = field(default="", compare=False)

    @property
    def types(self) -> Iterator[Type]:
        for signature in self.signatures:
            yield from signature.types

    @property
    def is_property(self) -> bool:
        return Wrapper.PROPERTY in self.signatures[0].wrappers


@dataclass(frozen=True, slots=True)
class VariableDef:
    type: Type
    note: str = field(default="", compare=False)

    @property
    def types(self) -> Iterator[Type]:
        yield self.type


@dataclass(frozen=True, slots=True)
class AliasDef:
    """A name for a type expression."""

    type: Type
    note: str = field(default="", compare=False)

    @property
    def types(self) -> Iterator[Type]:
        yield self.type


@dataclass(frozen=True, slots=True)
class TypeVariable:
    """A TypeVar, ParamSpec or TypeVarTuple of module typing."""

    flavour: str
    bound: Type | None
    note: str = field(default="", compare=False)

    @property
    def types(self) -> Iterator[Type]:
        if self.bound is not None:
            yield self.bound


Member = FunctionDef | VariableDef


@dataclass(frozen=True, slots=True)
class ClassDef:
    """`protocol` names every protocol method an instance has, inherited ones included.

    `missing` are bases of which nothing is known; a class that has one cannot be shipped.
    """

    bases: tuple[Type, ...]
    members: dict[str, Member]
    protocol: frozenset[str]
    missing: frozenset[str] = frozenset()
    note: str = field(default="", compare=False)

    @property
    def types(self) -> Iterator[Type]:
        yield from self.bases
        for member in self.members.values():
            yield from member.types


Definition = ClassDef | FunctionDef | VariableDef | AliasDef | TypeVariable

UNKNOWN = VariableDef(ANY)
# An `async def` without a body or a telling annotation: implementations are generators as often as coroutines.
PROMISED = VariableDef(ANY, "promised")


def mentions(definition: Definition | Signature) -> set[Ref]:
    """Every name that the types of a definition use."""
    return {ref for type_ in definition.types for ref in refs(type_)}


def retyped(member: Member, change: Callable[[Type], Type]) -> Member:
    """The member with each of its types given to `change`."""
    if member is PROMISED:
        return member
    if isinstance(member, VariableDef):
        return changed(member, type=change(member.type))
    return changed(member, signatures=tuple(_retyped_signature(signature, change) for signature in member.signatures))


def _retyped_signature(signature: Signature, change: Callable[[Type], Type]) -> Signature:
    parameters = signature.parameters
    if parameters is not None:
        parameters = tuple(changed(p, type=None if p.type is None else change(p.type)) for p in parameters)
    return changed(signature, returns=change(signature.returns), parameters=parameters)


def renamed(definition: Definition, names: Mapping[Ref, Type]) -> Definition:
    """The definition with names of `names` replaced."""

    def change(type_: Type) -> Type:
        return replace(type_, lambda ref: names.get(ref, ref))

    if not names:
        return definition
    match definition:
        case ClassDef(bases, members):
            new = {name: retyped(member, change) for name, member in members.items()}
            return changed(definition, bases=tuple(map(change, bases)), members=new)
        case FunctionDef() | VariableDef():
            return retyped(definition, change)
        case AliasDef(type_):
            return changed(definition, type=change(type_))
        case TypeVariable(_, bound):
            return changed(definition, bound=None if bound is None else change(bound))


def trimmed(definition: Definition) -> Definition:
    """A class without the members of which nothing is known, apart from protocol methods and disagreements."""
    if not isinstance(definition, ClassDef):
        return definition
    members = {
        name: member
        for name, member in definition.members.items()
        if name in PROTOCOL or (member.note and member is not PROMISED) or not _says_nothing(member)
    }
    return changed(definition, members=members)


def _says_nothing(member: Member) -> bool:
    if isinstance(member, VariableDef):
        return member.type == ANY
    return all(signature.returns == ANY and not signature.coroutine for signature in member.signatures)
