"""Type expressions with every name resolved to its module, so that two releases can be compared and rewritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A class, alias or type variable by the module that defines it."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """`head[args]`."""

    head: Ref
    args: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """A union; never nested, never with fewer than two items."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The bracketed parameter list of a Callable."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Source that stands for itself: `None`, `...`, the argument of a Literal."""

    source: str


Type = Ref | Apply | OneOf | Listed | Text

ANY = Ref("typing", "Any")
NONE = Text("None")
ELLIPSIS = Text("...")
SELF = Ref("typing", "Self")


def one_of(items: list[Type]) -> Type:
    """The union of `items`, flattened and without repeats."""
    flat: list[Type] = []
    for item in items:
        flat += [part for part in (item.items if isinstance(item, OneOf) else (item,)) if part not in flat]
    flat = [item for index, item in enumerate(flat) if item not in flat[:index] and not _subsumed(item, flat)]
    if all(item in (ANY, NONE) for item in flat):
        return ANY if ANY in flat else NONE
    return flat[0] if len(flat) == 1 else OneOf(tuple(flat))


def _subsumed(item: Type, others: list[Type]) -> bool:
    """`X` and `X[Any]` say nothing more beside `X[int]`."""
    return any(other != item and _vaguer(item, other) for other in others)


def _vaguer(item: Type, other: Type) -> bool:
    if not isinstance(other, Apply):
        return False
    if isinstance(item, Ref):
        return item == other.head
    if not isinstance(item, Apply) or item.head != other.head or len(item.args) != len(other.args):
        return False
    return all(mine in (ANY, its) or _vaguer(mine, its) for mine, its in zip(item.args, other.args, strict=True))


def refs(type_: Type) -> Iterator[Ref]:
    """Every name in the expression."""
    match type_:
        case Ref():
            yield type_
        case Apply(head, args):
            yield head
            for arg in args:
                yield from refs(arg)
        case OneOf(items) | Listed(items):
            for item in items:
                yield from refs(item)


def replace(type_: Type, change: Callable[[Ref], Type]) -> Type:
    """The expression with each name given to `change`; an application whose head becomes a non-name becomes that."""
    match type_:
        case Ref():
            return change(type_)
        case Apply(head, args):
            new = change(head)
            if not isinstance(new, Ref) or new == ANY:
                return new
            return Apply(new, tuple(replace(arg, change) for arg in args))
        case OneOf(items):
            return one_of([replace(item, change) for item in items])
        case Listed(items):
            return Listed(tuple(replace(item, change) for item in items))
        case Text():
            return type_
