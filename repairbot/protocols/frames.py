"""One call of a function: what was passed to it, evaluated or not."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.values import Value


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
