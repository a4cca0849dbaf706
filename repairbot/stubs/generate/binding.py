"""The statements of one module or class body to what each name in it is bound to."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

PYTHON = (3, 13)
PLATFORM = "linux"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Imported:
    """`from module import name`, or `import module` when `name` is None."""

    module: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Functions:
    """The definitions of one function: its overloads, if any, then the one that runs."""

    nodes: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A variable; either part can be missing."""

    annotation: ast.expr | None
    value: ast.expr | None


Binding = Imported | Functions | ast.ClassDef | Assigned


@dataclass(frozen=True)
class Scope:
    """What the names of a module or class body are bound to, in source order.

    `offered` are the names imported as themselves (`import x as x`), which is how typed packages re-export.
    """

    bindings: dict[str, Binding] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    stars: list[str] = field(default_factory=list)


class _Binder:
    """Walks one body; the branch taken by a current Python on Linux wins, and so do declarations for type checkers."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.scope = Scope()

    def body(self, statements: Iterable[ast.stmt], *, weak: bool = False) -> None:
        for statement in statements:
            self.statement(statement, weak)

    def bind(self, name: str, binding: Binding, weak: bool) -> None:
        if not (weak and name in self.scope.bindings):
            self.scope.bindings[name] = binding

    def statement(self, node: ast.stmt, weak: bool) -> None:
        match node:
            case ast.Import(names):
                for alias in names:
                    self.bind(*_plain_import(alias), weak)
            case ast.ImportFrom(module, names, level):
                self.import_from(_absolute(self.package, module, level), names, weak)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.function(node, weak)
            case ast.ClassDef(name=name):
                self.bind(name, node, weak)
            case ast.Assign(targets, value):
                for target in targets:
                    self.assign(target, value, weak)
            case ast.AnnAssign(target=ast.Name(name), annotation=annotation, value=value):
                self.bind(name, Assigned(annotation, value), weak)
            case ast.If(test, body, orelse):
                self.branch(test, body, orelse, weak)
            case ast.Try(body=body, handlers=handlers, orelse=orelse):
                self.body([*body, *orelse], weak=weak)
                for handler in handlers:
                    self.body(handler.body, weak=True)
            case ast.With(body=body):
                self.body(body, weak=weak)
            case _:
                pass

    def import_from(self, module: str, names: list[ast.alias], weak: bool) -> None:
        for alias in names:
            if alias.name == "*":
                self.scope.stars.append(module)
            else:
                if alias.asname == alias.name:
                    self.scope.offered.add(alias.name)
                self.bind(alias.asname or alias.name, Imported(module, alias.name), weak)

    def function(self, node: Function, weak: bool) -> None:
        if any(isinstance(d, ast.Attribute) and d.attr in ("setter", "deleter", "getter") for d in node.decorator_list):
            return
        if any(ast.unparse(d).split("(")[0].endswith(".register") for d in node.decorator_list):
            return
        before = self.scope.bindings.get(node.name)
        nodes: tuple[Function, ...] = (node,)
        if isinstance(before, Functions) and is_overload(before.nodes[-1]):
            nodes = (*before.nodes, node)
        self.bind(node.name, Functions(nodes), weak)

    def assign(self, target: ast.expr, value: ast.expr, weak: bool) -> None:
        if not isinstance(target, ast.Name):
            return
        before = self.scope.bindings.get(target.id)
        # `x = property(x)` and the like keep the definition; `x: T` followed by `x = …` keeps the annotation.
        if isinstance(before, Assigned) and before.annotation is not None:
            self.bind(target.id, Assigned(before.annotation, value), weak)
        else:
            self.bind(target.id, Assigned(None, value), weak)

    def branch(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt], weak: bool) -> None:
        if "TYPE_CHECKING" in ast.unparse(test):
            positive = not isinstance(test, ast.UnaryOp)
            self.body(orelse if positive else body, weak=weak)
            self.body(body if positive else orelse, weak=weak)
            return
        taken = _decide(test)
        if taken is None:
            self.body(body, weak=weak)
            self.body(orelse, weak=True)
        else:
            self.body(body if taken else orelse, weak=weak)


def _plain_import(alias: ast.alias) -> tuple[str, Imported]:
    if alias.asname:
        return alias.asname, Imported(alias.name, None)
    top = alias.name.partition(".")[0]
    return top, Imported(top, None)


def _absolute(package: str, module: str | None, level: int) -> str:
    if level == 0:
        return module or ""
    parts = package.split(".")
    base = parts[: len(parts) - level + 1]
    return ".".join([*base, *([module] if module else [])])


def _decide(test: ast.expr) -> bool | None:
    """The outcome of a test on the Python version or the platform; None for any other."""
    match test:
        case ast.Compare(left=ast.Attribute(value=ast.Name("sys"), attr=attr), ops=[op], comparators=[right]):
            try:
                value = ast.literal_eval(right)
            except ValueError:
                return None
            known = {"version_info": PYTHON, "platform": PLATFORM}.get(attr)
            return None if known is None else _compare(known, op, value)
        case _:
            return None


def _compare(left: object, op: ast.cmpop, right: object) -> bool | None:
    if isinstance(left, tuple) and isinstance(right, tuple):
        match op:
            case ast.GtE() | ast.Gt():
                return left >= right
            case ast.Lt() | ast.LtE():
                return left < right
    if isinstance(left, str) and isinstance(op, ast.Eq | ast.NotEq):
        return (left == right) == isinstance(op, ast.Eq)
    return None


def is_overload(node: Function) -> bool:
    return any(ast.unparse(decorator).rpartition(".")[2] == "overload" for decorator in node.decorator_list)


def bind(statements: Sequence[ast.stmt], package: str) -> Scope:
    """The bindings of a body that lives in `package`."""
    binder = _Binder(package)
    binder.body(statements)
    return binder.scope
