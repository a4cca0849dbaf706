"""What can be demanded of an object, as values."""

from __future__ import annotations

import ast
from dataclasses import dataclass

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Read:
    """An attribute is read; `beside` is the type of the literal that it is called with."""

    name: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """It is called."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It is awaited."""


@dataclass(frozen=True, slots=True)
class Enter:
    """It is entered with `with` or `async with`."""

    is_async: bool


@dataclass(frozen=True, slots=True)
class Iterate:
    """It is looped over or unpacked; `number` tells into how many parts, `of` of which types its elements are."""

    is_async: bool
    number: int | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts that it is unpacked into is used."""

    index: int


@dataclass(frozen=True, slots=True)
class Operate:
    """An operator or a built-in function needs one of some special methods, or one of some built-in types.

    `doing` says in words what is done; `own` that the method which every object inherits does not count; `beside` is
    the type of the literal that takes part.
    """

    dunders: tuple[str, ...]
    doing: str
    own: bool = False
    types: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resemble:
    """It stands beside a literal, as a value of one of some built-in types would; an object whose class defines one of
    `dunders` may know what to do there, too."""

    types: tuple[str, ...]
    dunders: tuple[str, ...]


Step = Read | Call | Wait | Enter | Iterate | Part | Operate | Resemble


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that code does with an object: steps that lead from it, what the code says, and on which line."""

    steps: tuple[Step, ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Handed:
    """The object, or one of the parts that it is unpacked into, is an argument of a call."""

    call: ast.Call
    argument: ast.expr
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """The object is yielded, returned or assigned where an annotation says of which type it is."""

    mention: ast.Name
    is_yielded: bool
    annotation: ast.expr | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """All that some code does with an object.

    `collects` says that the code gathers or yields it, as loops over elements do.
    """

    demands: tuple[Demand, ...] = ()
    handed: tuple[Handed, ...] = ()
    promised: tuple[Promised, ...] = ()
    collects: bool = False
    mentioned: bool = False


def shown(node: ast.AST) -> str:
    """The code on one line, cut where it is long."""
    match node:
        case ast.FormattedValue():
            text = ast.unparse(ast.JoinedStr([node]))
        case ast.withitem(context_expr=expression):
            text = f"with {ast.unparse(expression)}"
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            text = f"for {ast.unparse(node.target)} in {ast.unparse(node.iter)}"
        case ast.keyword(value=value):
            text = f"**{ast.unparse(value)}"
        case _:
            text = ast.unparse(node)
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
