"""What an expression can be: a known object, a union of objects, or Unknown with the reason."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from repairbot.model import Evidence
from repairbot.protocols.bindings import FunctionNode
from repairbot.protocols.scopes import Place, Scope
from repairbot.source.files import ModuleFile

Chain = tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The object could not be resolved.

    `reason` is one clause; the last of `evidence` is the first unknown link; `external` is the dotted name of an
    object of a library that could not be read.
    """

    reason: str
    evidence: Chain = field(default=(), compare=False)
    external: str | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """`None`."""

    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Module:
    file: ModuleFile
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Class:
    """A class object. `arguments` are those of `C[...]`; `exact` is False when it may be a subclass."""

    scope: Scope
    arguments: tuple[Value, ...] = ()
    exact: bool = True
    frame: Frame | None = None
    evidence: Chain = field(default=(), compare=False)

    @property
    def node(self) -> ast.ClassDef:
        assert isinstance(self.scope.node, ast.ClassDef)
        return self.scope.node

    @property
    def name(self) -> str:
        return self.node.name


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class; not `exact` when it may be of a subclass."""

    cls: Class
    exact: bool = True
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Function:
    """A bare function or lambda; `bound` is the first argument a method call adds, `frame` what it closes over."""

    scope: Scope
    bound: Value | None = None
    frame: Frame | None = None
    owner: Class | None = None
    evidence: Chain = field(default=(), compare=False)

    @property
    def node(self) -> FunctionNode:
        assert isinstance(self.scope.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        return self.scope.node

    @property
    def name(self) -> str:
        return getattr(self.node, "name", "<lambda>")


class Wrapping(StrEnum):
    """What a standard decorator makes of a function."""

    ASYNC_MANAGER = "asynccontextmanager"
    SYNC_MANAGER = "contextmanager"
    STATIC = "staticmethod"
    CLASS = "classmethod"
    PROPERTY = "property"
    ABSTRACT = "abstractmethod"
    FIXTURE = "fixture"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A function behind one of the standard decorators."""

    wrapping: Wrapping
    inner: Value
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Partial:
    function: Value
    arguments: Arguments
    evidence: Chain = field(default=(), compare=False)


class Kind(StrEnum):
    """What the call of a function gives that is not simply its return value."""

    ASYNC_MANAGER = "_AsyncGeneratorContextManager"
    SYNC_MANAGER = "_GeneratorContextManager"
    ASYNC_GENERATOR = "async_generator"
    GENERATOR = "generator"
    COROUTINE = "coroutine"


@dataclass(frozen=True, slots=True)
class Produced:
    """What calling `function` in `frame` gives; its yields or its result are only looked at when asked for."""

    kind: Kind
    function: Function
    frame: Frame | None
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class AsyncElements:
    """An async generator expression."""

    element: Value
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """An awaitable of which only the result is known."""

    result: Value
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Supplier:
    """Something callable of which only the result is known, such as a parameter annotated `Callable[..., X]`."""

    result: Value
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Special:
    """A name of the standard library that the resolver itself understands, such as `functools.partial`."""

    name: str
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Applied:
    """A special name with its first arguments, waiting for the function it will decorate, such as `wraps(f)`."""

    special: str
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class TypeForm:
    """A type expression that is no class, such as `Optional[X]`, by what an object of it is."""

    instance: Value
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class TypeVariable:
    name: str
    scope: Scope
    bound: ast.expr | None
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Super:
    """`super()` in a method of `cls`, looking from `receiver`."""

    cls: Class
    receiver: Value
    evidence: Chain = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A tuple or list display: the parts that unpacking gives."""

    parts: tuple[Value, ...]
    cls: Value
    evidence: Chain = field(default=(), compare=False)


Known = (
    Nothing
    | Module
    | Class
    | Instance
    | Function
    | Wrapped
    | Partial
    | Produced
    | AsyncElements
    | Pending
    | Supplier
    | Special
    | Applied
    | TypeForm
    | TypeVariable
    | Super
    | Sequence
)


@dataclass(frozen=True, slots=True)
class Union:
    """Several objects, each possible on some path; at least two and none of them a union."""

    alternatives: tuple[Known | Unknown, ...]

    @property
    def evidence(self) -> Chain:
        return tuple(dict.fromkeys(link for value in self.alternatives for link in value.evidence))


Value = Known | Unknown | Union


@dataclass(frozen=True, slots=True)
class Deferred:
    """An argument that is only evaluated when the called function looks at its parameter."""

    expression: ast.expr
    place: Place


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a call; `complete` is False when `*` or `**` adds some that are not known."""

    positional: tuple[Value | Deferred, ...] = ()
    keywords: tuple[tuple[str, Value | Deferred], ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """One call: what its parameters and type variables are; `depth` counts calls within calls."""

    scope: Scope
    names: tuple[tuple[str, Value | Deferred], ...] = ()
    types: tuple[tuple[str, Value], ...] = ()
    outer: Frame | None = None
    depth: int = 0
    # Frames hold places that hold frames: without a stored hash every look-up would walk the whole history of calls.
    _hash: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.scope, self.names, self.types, self.outer)))

    def __hash__(self) -> int:
        return self._hash

    def lookup(self, scope: Scope, name: str) -> Value | Deferred | None:
        frame: Frame | None = self
        while frame is not None:
            if frame.scope is scope:
                for known, value in frame.names:
                    if known == name:
                        return value
            frame = frame.outer
        return None

    def type_of(self, name: str) -> Value | None:
        frame: Frame | None = self
        while frame is not None:
            for known, value in frame.types:
                if known == name:
                    return value
            frame = frame.outer
        return None


ELLIPSIS = Unknown("`...` among type arguments")
CYCLE = Unknown("its value depends on itself")


def alternatives(value: Value) -> tuple[Known | Unknown, ...]:
    return value.alternatives if isinstance(value, Union) else (value,)


def union(values: Iterable[Value]) -> Value:
    """One value for several: equal ones count once, none at all is Unknown."""
    flat = tuple(dict.fromkeys(one for value in values for one in alternatives(value)))
    if len(flat) > 1:
        # What depends on itself adds nothing to what the other paths bring.
        flat = tuple(one for one in flat if one != CYCLE)
    match flat:
        case ():
            return Unknown("no object reaches this place")
        case (only,):
            return only
    return Union(flat)


V = TypeVar("V", bound=Value)


def noted(value: V, *links: Evidence) -> V:
    """The value with links put before its chain: they are met first on the way from the expression."""
    if isinstance(value, Union):
        return Union(tuple(noted(one, *links) for one in value.alternatives))  # type: ignore[return-value]  # V is Union here
    fresh = tuple(link for link in links if link not in value.evidence)
    return replace(value, evidence=fresh + value.evidence) if fresh else value


def each(value: Value, what: Callable[[Known | Unknown], Value]) -> Value:
    """Apply to every alternative."""
    if isinstance(value, Union):
        return union(what(one) for one in value.alternatives)
    return what(value)


def without_nothing(value: Value) -> Value:
    """The alternatives that are not None: on None the use at hand fails before anything else can."""
    kept = [one for one in alternatives(value) if not isinstance(one, Nothing)]
    return union(kept) if kept else value
