"""The jumps of a piece of code that bind to a loop around it, and where control leaves."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

JUMPS = (cst.Break, cst.Continue)
_LEAVING = (*JUMPS, cst.Return, cst.Raise)


class _Jumps(cst.CSTVisitor):
    """The jumps of a piece of code that bind to a loop around it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Break | cst.Continue] = []

    def visit_Break(self, node: cst.Break) -> None:
        self.found.append(node)

    def visit_Continue(self, node: cst.Continue) -> None:
        self.found.append(node)

    def visit_For(self, node: cst.For) -> bool:
        return self._only_else(node)

    def visit_While(self, node: cst.While) -> bool:
        return self._only_else(node)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        return False

    def _only_else(self, node: cst.For | cst.While) -> bool:
        if node.orelse is not None:
            node.orelse.visit(self)
        return False


def jumps(node: cst.CSTNode) -> Sequence[cst.Break | cst.Continue]:
    visitor = _Jumps()
    node.visit(visitor)
    return visitor.found


def leaves(suite: cst.BaseSuite) -> bool:
    """Whether control never reaches what follows the suite."""
    return any(_leaves(statement) for statement in suite.body)


def _leaves(statement: cst.CSTNode) -> bool:
    match statement:
        case cst.SimpleStatementLine():
            return any(isinstance(small, _LEAVING) for small in statement.body)
        case cst.If():
            return leaves(statement.body) and else_leaves(statement.orelse)
        case cst.Try() | cst.TryStar():
            if statement.finalbody is not None and leaves(statement.finalbody.body):
                return True
            through = leaves(statement.body) or (statement.orelse is not None and leaves(statement.orelse.body))
            return through and all(leaves(handler.body) for handler in statement.handlers)
        case cst.Match():
            return is_exhaustive(statement) and all(leaves(case.body) for case in statement.cases)
        case _:
            # A `with` may swallow the exception that kept its body from leaving; a loop may not run at all.
            return isinstance(statement, _LEAVING)


def else_leaves(orelse: cst.If | cst.Else | None) -> bool:
    match orelse:
        case cst.Else():
            return leaves(orelse.body)
        case cst.If():
            return leaves(orelse.body) and else_leaves(orelse.orelse)
        case None:
            return False


def is_exhaustive(node: cst.Match) -> bool:
    last = node.cases[-1]
    return last.guard is None and isinstance(last.pattern, cst.MatchAs) and last.pattern.pattern is None


def named(node: cst.CSTNode) -> str:
    kinds = sorted({"`break`" if isinstance(jump, cst.Break) else "`continue`" for jump in jumps(node)})
    return "a " + " or ".join(kinds)
