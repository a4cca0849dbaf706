"""What gives a name its object: one value for each kind of binding Python has, equal only to itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """`target = value`; `path` leads through an unpacked tuple, None in it stands for a starred part."""

    name: str
    node: ast.stmt | ast.expr
    value: ast.expr
    path: tuple[int | None, ...] = ()
    annotation: ast.expr | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """`target: annotation` without a value."""

    name: str
    node: ast.stmt
    annotation: ast.expr


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """`with value as target`."""

    name: str
    node: ast.With | ast.AsyncWith
    value: ast.expr
    path: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Iterated:
    """`for target in value`, as a statement or in a comprehension."""

    name: str
    node: ast.For | ast.AsyncFor | ast.comprehension
    value: ast.expr
    path: tuple[int | None, ...] = ()

    @property
    def is_async(self) -> bool:
        match self.node:
            case ast.comprehension(is_async=flag):
                return bool(flag)
            case node:
                return isinstance(node, ast.AsyncFor)


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """`import module` (member None) or `from module import member`; `member` is "*" for a star import.

    `import a.b` binds `a` and has `whole` False; `import a.b as c` binds `a.b` and has `whole` True.
    """

    name: str
    node: ast.Import | ast.ImportFrom
    module: str
    level: int
    member: str | None
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Defined:
    """`def`, `async def` or `class`."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter of a function or lambda; `default` is None when there is none."""

    name: str
    node: ast.arg
    function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    default: ast.expr | None
    variadic: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Opaque:
    """A binding that says nothing of the object: `except … as`, `match` captures, `+=`, `del`, type parameters."""

    name: str
    node: ast.AST
    what: str


@dataclass(frozen=True, slots=True, eq=False)
class TypeParameter:
    """`T` of `def f[T: bound]` or `class C[T]`."""

    name: str
    node: ast.AST
    bound: ast.expr | None


Binding = Assigned | Declared | Entered | Iterated | Imported | Defined | Parameter | Opaque | TypeParameter

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
ScopeNode = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def targets(target: ast.expr, path: tuple[int | None, ...] = ()) -> list[tuple[str, tuple[int | None, ...]]]:
    """The names (and dotted attributes such as `self.x`) that an assignment target binds, with their unpacking path."""
    match target:
        case ast.Name(id=name):
            return [(name, path)]
        case ast.Attribute():
            chain = dotted(target)
            return [(chain, path)] if chain else []
        case ast.Starred(value=inner):
            return targets(inner, (*path, None))
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            starred = any(isinstance(part, ast.Starred) for part in parts)
            return [
                found
                for place, part in enumerate(parts)
                for found in targets(part, (*path, None if starred else place))
            ]
    return []


def dotted(node: ast.expr) -> str | None:
    """`a.b.c` for a chain of attributes on a name, else None."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def parameters(function: FunctionNode) -> list[Parameter]:
    """The parameters of a function in order, with their defaults."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    missing: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    plain = [
        Parameter(arg.arg, arg, function, default)
        for arg, default in [
            *zip(positional, [*missing, *arguments.defaults], strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ]
    ]
    rest = [arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None]
    return plain + [Parameter(arg.arg, arg, function, None, variadic=True) for arg in rest]


def in_order(bindings: Iterable[Binding]) -> list[Binding]:
    """The bindings as they stand in their file."""
    return sorted(bindings, key=line_of)


def line_of(binding: Binding) -> int:
    return getattr(binding.node, "lineno", 0)
