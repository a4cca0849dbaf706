"""What a mention of a function is good for: called, handed on, stored under a name, or a base of another class."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import StrEnum

from repairbot.protocols.node_path import Spot
from repairbot.protocols.scopes import Scope


class Role(StrEnum):
    """How a mention leads on: the owner runs the function, a name of the owner stands for it, a class is below it."""

    RUN = "run"
    STORED = "stored"
    BASE = "base"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. `handed` are the calls that it is an argument of, inner ones first, each with its keyword.

    `name` is what it is stored under in the owner, a module or a class; `called`: the mention itself is called.
    """

    spot: Spot
    role: Role
    owner: Scope
    line: int
    called: bool = False
    handed: tuple[tuple[ast.Call, str | None], ...] = ()
    name: str | None = None


def mention(spot: Spot) -> Mention:
    """What the name or attribute at a spot is used for."""
    outer = spot.out_of_lambdas()
    owner, line = outer.owner, spot.line
    handed: list[tuple[ast.Call, str | None]] = []
    keyword: str | None = None
    called = False
    child = outer.node
    for parent in reversed(outer.ancestors):
        match parent:
            case ast.Call(func=function) if function is child:
                called = called or not handed
            case ast.Call():
                handed.append((parent, keyword))
                keyword = None
            case ast.keyword(arg=name):
                keyword = name
            case ast.Subscript(slice=key) if key is child and not (called or handed or _is_annotation(parent, outer)):
                return Mention(spot, Role.NOTHING, owner, line)
            case ast.Compare() | ast.Delete() if not (called or handed):
                return Mention(spot, Role.NOTHING, owner, line)
            case ast.ClassDef(bases=bases) if child in bases:
                return Mention(spot, Role.BASE, owner, line)
            case ast.stmt():
                if handed and handed[-1][0] in getattr(parent, "decorator_list", ()):
                    handed.pop()  # what a decorator is called with is handed to the decorated function
                name = _stored(parent, child, owner)
                role = Role.STORED if name and not called else Role.RUN
                return Mention(spot, role, owner, line, called, tuple(handed), name)
        child = parent
    return Mention(spot, Role.RUN, owner, line, called, tuple(handed))


def _stored(statement: ast.stmt, value: ast.AST, owner: Scope) -> str | None:
    """The name at the top of a module or class that the statement stores the value under."""
    if not (owner.is_module or owner.is_class):
        return None
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=right) if right is value:
            return name
        case ast.AnnAssign(target=ast.Name(id=name), value=right) if right is value:
            return name
    if type(statement).__name__ == "TypeAlias":  # from Python 3.12 on
        return str(statement.name.id)  # type: ignore[attr-defined]
    return None


def _is_annotation(subscript: ast.Subscript, spot: Spot) -> bool:
    """`Annotated[X, Depends(f)]`: what stands inside is no key."""
    head = subscript.value
    name = head.attr if isinstance(head, ast.Attribute) else getattr(head, "id", "")
    return name == "Annotated" or any(isinstance(one, ast.arguments) for one in spot.ancestors)
