"""Whether a `with` block may end early without an exception leaving it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from repairbot.protocols import classes
from repairbot.protocols.bindings import Defined
from repairbot.protocols.reaching import Block, Swallows
from repairbot.protocols.scopes import Place, Scope
from repairbot.protocols.statements import SCOPES
from repairbot.protocols.values import Class, Function, Instance, Kind, Known, Nothing, Produced, Unknown, alternatives

if TYPE_CHECKING:
    from repairbot.protocols.resolver import Resolver

_MAY = Unknown("a context manager that may swallow exceptions")
_JUMPS = (ast.Return, ast.Break, ast.Continue)


def in_scope(r: Resolver, scope: Scope) -> Swallows:
    """What tells of the blocks of a scope whether they may swallow."""
    return lambda block: swallows(r, block, scope)


def swallows(r: Resolver, block: Block, scope: Scope) -> bool:
    """Whether any manager of the block is not known to hand every exception on."""
    return not isinstance(r.remembered(("swallows", id(block)), lambda: _answer(r, block, scope)), Nothing)


def _answer(r: Resolver, block: Block, scope: Scope) -> Nothing | Unknown:
    is_async = isinstance(block, ast.AsyncWith)
    for item in block.items:
        value = r.value(item.context_expr, Place(scope, item.context_expr))
        if not all(_hands_on(r, one, is_async) for one in alternatives(value)):
            return _MAY
    return Nothing()


def _hands_on(r: Resolver, value: Known | Unknown, is_async: bool) -> bool:
    match value:
        case Produced(kind=Kind.ASYNC_MANAGER, function=function) if is_async:
            return _generator_hands_on(r, function)
        case Produced(kind=Kind.SYNC_MANAGER, function=function) if not is_async:
            return _generator_hands_on(r, function)
        case Instance():
            return _exit_hands_on(r, value, "__aexit__" if is_async else "__exit__")
    return False


def _exit_hands_on(r: Resolver, value: Instance, name: str) -> bool:
    """Whether the method that leaves the block always gives something false."""
    if classes.is_own(value.cls) and not value.exact:
        return False
    for base in classes.lineage(r, value.cls):
        if isinstance(base, Unknown):
            return False
        if found := base.scope.flow.after.get(name):
            return len(found) == 1 and isinstance(found[0], Defined) and _is_false(found[0], base, name)
    return False


def _is_false(binding: Defined, cls: Class, name: str) -> bool:
    node = binding.node
    if isinstance(node, ast.ClassDef):
        return False
    if cls.scope.file.is_stub:
        return _is_declared_false(node.returns)
    if node.decorator_list or isinstance(node, ast.AsyncFunctionDef) != (name == "__aexit__"):
        return False
    flow = cls.scope.inside(node).flow
    return not flow.yields and all(
        one.value is None or (isinstance(one.value, ast.Constant) and not one.value.value) for one in flow.returns
    )


def _is_declared_false(annotation: ast.expr | None) -> bool:
    match annotation:
        case ast.Constant(value=None):
            return True
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Constant(value=False)):
            return True
    return False


def _generator_hands_on(r: Resolver, function: Function) -> bool:
    """Whether an exception raised at any `yield` of a generator leaves it."""
    if function.scope.file.is_stub:
        return False
    around = list(_around_yields(function.node))
    return bool(around) and all(_leaves(r, part, node, function.scope) for parts in around for node, part in parts)


Part = tuple[ast.AST, str]


def _around_yields(function: ast.AST) -> Iterator[tuple[Part, ...]]:
    """For each `yield` of a function the nodes around it, each with the field that it stands in."""
    pending: list[tuple[ast.AST, tuple[Part, ...]]] = [(function, ())]
    while pending:
        node, around = pending.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            yield around
        for field, value in ast.iter_fields(node):
            pending.extend(
                (child, (*around, (node, field)))
                for child in (value if isinstance(value, list) else [value])
                if isinstance(child, ast.AST) and not isinstance(child, SCOPES)
            )


def _leaves(r: Resolver, part: str, node: ast.AST, scope: Scope) -> bool:
    match node:
        case ast.With() | ast.AsyncWith() if part == "body":
            return not swallows(r, node, scope)
        case ast.Try(handlers=handlers, finalbody=last):
            return not _jumps(last) and (part != "body" or all(_raises(one) for one in handlers))
    return node.__class__.__name__ != "TryStar"


def _raises(handler: ast.ExceptHandler) -> bool:
    """Whether a handler can only end in raising."""
    return isinstance(handler.body[-1], ast.Raise) and not _jumps(handler.body)


def _jumps(statements: list[ast.stmt]) -> bool:
    """Whether some statements may be left by a jump, or have blocks of their own that could swallow."""
    pending: list[ast.AST] = [*statements]
    while pending:
        node = pending.pop()
        if isinstance(node, (*_JUMPS, ast.With, ast.AsyncWith)):
            return True
        if not isinstance(node, SCOPES):
            pending.extend(ast.iter_child_nodes(node))
    return False
