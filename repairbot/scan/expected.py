"""Whether code means to fail at a site: inside `pytest.raises(TypeError)` and its like, as the first thing that can."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from repairbot.protocols.bindings import dotted
from repairbot.protocols.fixtures import is_test_file
from repairbot.protocols.written import written
from repairbot.rule import Site

_INERT = (ast.Pass, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.Global, ast.Nonlocal)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something around a site that wants a TypeError; `certainly` when the site is the first thing that can raise."""

    reason: str
    certainly: bool


def expected(site: Site) -> Wanted | None:
    """What around the site wants it to fail, the innermost first; None when nothing does."""
    chain = [*site.ancestors, site.node]
    for place in range(len(chain) - 2, -1, -1):
        block = chain[place]
        if isinstance(block, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            return _marked(block)
        by = _wanted_by(block, site)
        if by is not None:
            if _is_first(getattr(block, "body", []), chain[place + 1 :]):
                return Wanted(f"the code means to fail here: {by}", certainly=True)
            return Wanted(f"{by}, but something before it there can fail as well", certainly=False)
    return None


def _marked(block: ast.AST) -> Wanted | None:
    """A test that is marked to fail, for whatever reason."""
    for decorator in getattr(block, "decorator_list", ()):
        name = dotted(decorator.func if isinstance(decorator, ast.Call) else decorator) or ""
        if name.rpartition(".")[2] in ("xfail", "expectedFailure"):
            return Wanted(
                f"the test is marked `@{name}` at line {decorator.lineno}, maybe for this very mistake", certainly=False
            )
    return None


@dataclass(frozen=True, slots=True)
class Swallowing:
    """A handler that catches the error; told in the evidence, and no more than that."""

    line: int
    text: str


def swallowed(site: Site) -> Swallowing | None:
    """The innermost handler around the site that turns the error into silence."""
    chain = [*site.ancestors, site.node]
    wanted = site.construct.facts.exceptions | {"Exception", "BaseException"}
    for place in range(len(chain) - 2, -1, -1):
        block = chain[place]
        if isinstance(block, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return None
        if isinstance(block, ast.Try) and chain[place + 1] in block.body:
            for handler in block.handlers:
                if handler.type is None or _catches(handler.type, wanted):
                    return Swallowing(handler.lineno, "this handler catches the error, so that nobody sees it")
    return None


def _wanted_by(block: ast.AST, site: Site) -> str | None:
    match block:
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                name = _raising(item.context_expr, site.construct.facts.exceptions)
                if name is not None:
                    return f"it stands in `{name}` at line {block.lineno}"
        case ast.Try(handlers=handlers) if is_test_file(site.file):
            for handler in handlers:
                if handler.type is not None and _catches(handler.type, site.construct.facts.exceptions):
                    return f"the test catches the {written(handler.type)} at line {handler.lineno}"
    return None


def _raising(expression: ast.expr, wanted: frozenset[str]) -> str | None:
    """Return the `raises` call that wants the construct's error."""
    if not isinstance(expression, ast.Call) or not expression.args or not _catches(expression.args[0], wanted):
        return None
    name = dotted(expression.func) or ""
    last = name.rpartition(".")[2]
    if last not in ("raises", "assertRaises", "assertRaisesRegex", "RaisesExc"):
        return None
    return f"{name}({written(expression.args[0])})"


def _catches(kind: ast.expr, wanted: frozenset[str]) -> bool:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(name, ast.Name) and name.id in wanted for name in names)


def _is_first(body: Sequence[ast.stmt], path: Sequence[ast.AST]) -> bool:
    """Whether nothing before the node at the end of `path` can raise a TypeError of its own."""
    for depth, node in enumerate(path):
        if isinstance(node, ast.stmt):
            if node not in body:
                return False
            for statement in body[: body.index(node)]:
                if not _is_inert(statement):
                    return False
            inner = getattr(node, "body", [])
            body = inner if isinstance(inner, list) else []
            following = next((one for one in path[depth + 1 :] if isinstance(one, ast.stmt)), None)
            if following is not None and not isinstance(node, ast.With | ast.AsyncWith | ast.Try | ast.AsyncFor):
                # Behind a branch or loop the construct may never be reached.
                return False
    return True


def _is_inert(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_plain(value)
    return isinstance(statement, _INERT)


def _is_plain(value: ast.expr) -> bool:
    """Values whose making cannot fail: constants, names, displays of them."""
    match value:
        case ast.Constant() | ast.Name():
            return True
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return all(map(_is_plain, parts))
        case ast.Dict(values=parts):
            return all(map(_is_plain, parts))
    return False
