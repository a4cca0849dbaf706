"""What an expression can be: a known object, a union of objects, or Unknown with the reason."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from repairbot.model import Evidence
from repairbot.protocols.bindings import FunctionNode
from repairbot.protocols.scopes import Scope
from repairbot.source.files import ModuleFile

if TYPE_CHECKING:
    from repairbot.protocols.frames import Arguments, Frame

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
    """An object of a class; not `exact` when it may be of a subclass. `declared` when only an annotation of the target
    says so: then a Protocol tells what is there, and nothing of what is missing."""

    cls: Class
    exact: bool = True
    declared: bool = False
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


def alternatives(value: Value) -> tuple[Known | Unknown, ...]:
    return value.alternatives if isinstance(value, Union) else (value,)
