"""An `if` whose condition says the opposite."""

from __future__ import annotations

import libcst as cst

_SPACE = cst.SimpleWhitespace(" ")


def negated(node: cst.If) -> cst.If:
    """The same `if` with its test negated, as a person would write it."""
    test = _opposite(node.test)
    before = node.whitespace_before_test
    return node.with_changes(test=test, whitespace_before_test=_SPACE if before.empty else before)


def _opposite(test: cst.BaseExpression) -> cst.BaseExpression:
    match test:
        case cst.UnaryOperation(operator=cst.Not()):
            operand = test.expression
            return operand.with_changes(lpar=[*test.lpar, *operand.lpar], rpar=[*operand.rpar, *test.rpar])
        case cst.Comparison(comparisons=[target]) if (operator := _swapped(target.operator)) is not None:
            return test.with_changes(comparisons=[target.with_changes(operator=operator)])
        case cst.BooleanOperation() | cst.IfExp() | cst.Lambda() | cst.NamedExpr() if not test.lpar:
            test = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        case _:
            pass
    return cst.UnaryOperation(operator=cst.Not(), expression=test)


def _swapped(operator: cst.BaseCompOp) -> cst.BaseCompOp | None:
    """The opposite of the operators whose opposite is exact for every object."""
    match operator:
        case cst.Is(whitespace_before=before, whitespace_after=after):
            return cst.IsNot(before, _SPACE, after)
        case cst.IsNot(whitespace_before=before, whitespace_after=after):
            return cst.Is(before, after)
        case cst.In(whitespace_before=before, whitespace_after=after):
            return cst.NotIn(before, _SPACE, after)
        case cst.NotIn(whitespace_before=before, whitespace_after=after):
            return cst.In(before, after)
        case _:
            return None
