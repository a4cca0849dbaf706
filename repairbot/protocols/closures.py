"""Whether an object keeps hold of the call that made it."""

from __future__ import annotations

from repairbot.protocols.frames import Deferred, Frame
from repairbot.protocols.scopes import Scope
from repairbot.protocols.values import (
    Class,
    Function,
    Instance,
    Partial,
    Produced,
    Sequence,
    Value,
    Wrapped,
    alternatives,
)

DEEPEST = 10


def closes_over(value: Value | Deferred, scope: Scope, depth: int = 0) -> bool:
    """Whether a function or class in a value was defined in a call of the function `scope`.

    What it makes of the arguments is only known when it is called itself.
    """
    if depth > DEEPEST:
        return True
    if isinstance(value, Deferred):
        return _is_below(value.place.frame, scope)
    return any(_closes(one, scope, depth + 1) for one in alternatives(value))


def _closes(value: Value, scope: Scope, depth: int) -> bool:
    match value:
        case Function(frame=frame, bound=bound):
            return _is_below(frame, scope) or (bound is not None and closes_over(bound, scope, depth))
        case Class(frame=frame):
            return _is_below(frame, scope)
        case Instance(cls=cls):
            return _is_below(cls.frame, scope)
        case Produced(function=function):
            return _is_below(function.frame, scope)
        case Wrapped(inner=inner):
            return closes_over(inner, scope, depth)
        case Partial(function=function, arguments=arguments):
            given = (function, *arguments.positional, *(argument for _, argument in arguments.keywords))
            return any(closes_over(one, scope, depth) for one in given)
        case Sequence(parts=parts):
            return any(closes_over(one, scope, depth) for one in parts)
    return False


def _is_below(frame: Frame | None, scope: Scope) -> bool:
    while frame is not None:
        if frame.scope is scope:
            return True
        frame = frame.outer
    return False
