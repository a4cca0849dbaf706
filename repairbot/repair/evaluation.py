"""Whether a part of a statement is evaluated exactly once, and before anything that could tell."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from repairbot.protocols.written import shortened
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused

_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr, ast.Assert)
_CONDITIONAL = "the comprehension is not evaluated exactly once in its statement"


def check_first_and_once(document: Document, node: ast.expr) -> None:
    """Raises Refused unless `node` is evaluated once in its simple statement, with only inert loads before it."""
    statement = document.statement(node)
    if not isinstance(statement, _SIMPLE):
        raise Refused("the comprehension is not part of one simple statement")
    if any(isinstance(each, ast.Yield | ast.YieldFrom) for each in ast.walk(statement)):
        raise Refused("the comprehension's statement yields, and the object would stay entered meanwhile")
    child: ast.AST = node
    for parent in document.ancestors(node):
        if not isinstance(parent, ast.keyword):
            for earlier in _before(parent, child):
                if not _inert(earlier):
                    raise Refused(f"`{_shown(earlier)}` is evaluated before the comprehension in its statement")
        child = parent
        if parent is statement:
            return


def _before(parent: ast.AST, child: ast.AST) -> Sequence[ast.expr]:
    """What `parent` evaluates before its part `child`. Raises Refused when `child` may not be evaluated, or later."""
    match parent:
        case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.NamedExpr(value=value) if child is value:
            return ()
        case ast.AugAssign(target=target, value=value) if child is value:
            return (target,)
        case ast.Return() | ast.Expr() | ast.Await() | ast.Attribute() | ast.UnaryOp() | ast.Starred():
            return ()
        case ast.Assert(test=first) | ast.IfExp(test=first) if child is first:
            return ()
        case ast.FormattedValue(value=first) | ast.BoolOp(values=[first, *_]) if child is first:
            return ()
        case ast.Call(func=function, args=arguments, keywords=keywords):
            return _until([function, *arguments, *keywords], child)
        case ast.Subscript(value=value, slice=index):
            return _until([value, index], child)
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right, *_]):
            return _until([left, right], child)
        case ast.Slice(lower=lower, upper=upper, step=step):
            return _until([lower, upper, step], child)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.JoinedStr(values=parts):
            return _until(parts, child)
        case ast.Dict(keys=keys, values=values):
            return _until([part for pair in zip(keys, values, strict=True) for part in pair], child)
        case _:
            raise Refused(_CONDITIONAL)


def _until(parts: Sequence[ast.expr | ast.keyword | None], child: ast.AST) -> Sequence[ast.expr]:
    before: list[ast.expr] = []
    for part in parts:
        if part is child:
            return before
        if part is not None:
            before.append(part.value if isinstance(part, ast.keyword) else part)
    raise Refused(_CONDITIONAL)


def _inert(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Attribute(value=value) | ast.UnaryOp(operand=ast.Constant() as value):
            return _inert(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return all(_inert(part) for part in parts)
        case _:
            return False


def _shown(node: ast.expr) -> str:
    return shortened(node, 40)
