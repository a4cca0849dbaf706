"""Objects in words."""

from __future__ import annotations

from repairbot.protocols.values import (
    AsyncElements,
    Class,
    Function,
    Instance,
    Known,
    Module,
    Nothing,
    Partial,
    Pending,
    Produced,
    Sequence,
    Supplier,
    Union,
    Unknown,
    Wrapped,
)


def described(value: Known | Unknown) -> str:
    """The object in words: its type as the interpreter's error message names it."""
    match value:
        case Unknown(reason=reason):
            return f"an unknown object ({reason})"
        case Instance(cls=cls):
            return f"an object of class `{cls.name}`"
        case Produced(kind=kind):
            return f"`{kind.value}`"
        case Class():
            return f"the class `{value.name}`"
        case Nothing():
            return "`None`"
        case Function(name=name):
            return f"the function `{name}`"
        case Wrapped(inner=inner):
            return described(inner) if not isinstance(inner, Union) else "a decorated function"
        case AsyncElements():
            return "an async generator expression"
        case Module(file=file):
            return f"the module `{file.name}`"
        case Supplier() | Partial():
            return "a callable"
        case Pending():
            return "an awaitable"
        case Sequence():
            return "a sequence"
    return f"`{getattr(value, 'name', type(value).__name__)}`"
