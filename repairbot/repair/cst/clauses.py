"""A comprehension over an entered object: what it gives for the one value it had."""

from __future__ import annotations

import libcst as cst

from repairbot.repair.refused import Refused

Clause = cst.ListComp | cst.SetComp | cst.DictComp
_SPACE = cst.SimpleWhitespace(" ")


def with_iterable(clause: Clause, iterable: cst.BaseExpression, *, is_async: bool) -> Clause:
    """The comprehension over another iterable."""
    first = clause.for_in
    space = _SPACE if first.whitespace_after_in.empty else first.whitespace_after_in
    asynchronous = first.asynchronous if is_async else None
    changed = first.with_changes(iter=iterable, whitespace_after_in=space, asynchronous=asynchronous)
    return clause.with_changes(for_in=changed)


def followed(expression: cst.BaseExpression, after: str) -> cst.BaseExpression:
    """The expression with `after` behind it, such as `.aiter_lines()`."""
    if not after:
        return expression
    pattern = cst.parse_expression(f"_{after}")
    head = expression if isinstance(expression, cst.Name | cst.Attribute | cst.Call) else _enclosed(expression)
    result = pattern.visit(_Head(head))
    assert isinstance(result, cst.BaseExpression)
    return result


class _Head(cst.CSTTransformer):
    """Puts an expression where `_` stands."""

    def __init__(self, head: cst.BaseExpression) -> None:
        super().__init__()
        self._head = head

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return self._head if original_node.value == "_" else updated_node


def _enclosed(expression: cst.BaseExpression) -> cst.BaseExpression:
    if expression.lpar:
        return expression
    return expression.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def clause_body(clause: Clause, whole: bool) -> cst.BaseExpression:
    """The comprehension for one pass of its first clause; `whole` when nothing around it needs parentheses."""
    first = clause.for_in
    inner = first.inner_for_in
    if not first.ifs:
        return _display(clause) if inner is None else clause.with_changes(for_in=inner)
    bare = clause.with_changes(lpar=(), rpar=())
    value = _display(bare) if inner is None else bare.with_changes(for_in=inner)
    lpar, rpar = clause.lpar, clause.rpar
    if not whole and not lpar:
        lpar, rpar = (cst.LeftParen(),), (cst.RightParen(),)
    return cst.IfExp(
        test=_all([each.test for each in first.ifs]), body=value, orelse=_empty(clause), lpar=lpar, rpar=rpar
    )


def _display(clause: Clause) -> cst.BaseExpression:
    match clause:
        case cst.ListComp():
            right = clause.rbracket.with_changes(whitespace_before=_closing(clause, clause.rbracket.whitespace_before))
            return cst.List([cst.Element(clause.elt)], clause.lbracket, right, clause.lpar, clause.rpar)
        case cst.SetComp():
            brace = clause.rbrace.with_changes(whitespace_before=_closing(clause, clause.rbrace.whitespace_before))
            return cst.Set([cst.Element(clause.elt)], clause.lbrace, brace, clause.lpar, clause.rpar)
        case cst.DictComp():
            brace = clause.rbrace.with_changes(whitespace_before=_closing(clause, clause.rbrace.whitespace_before))
            element = cst.DictElement(
                clause.key,
                clause.value,
                whitespace_before_colon=clause.whitespace_before_colon,
                whitespace_after_colon=clause.whitespace_after_colon,
            )
            return cst.Dict([element], clause.lbrace, brace, clause.lpar, clause.rpar)


def _closing(clause: Clause, closing: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """What stands before the closing bracket: the comments that stood behind the element, if there were any."""
    before = clause.for_in.whitespace_before
    if not isinstance(before, cst.ParenthesizedWhitespace) or before.first_line.comment is None:
        return closing
    if not isinstance(closing, cst.ParenthesizedWhitespace) or closing.first_line.comment is not None:
        raise Refused("the rewrite would lose a comment")
    return closing.with_changes(first_line=before.first_line)


def _empty(clause: Clause) -> cst.BaseExpression:
    match clause:
        case cst.ListComp():
            return cst.List(())
        case cst.SetComp():
            return cst.Call(cst.Name("set"))
        case cst.DictComp():
            return cst.Dict(())


def _all(tests: list[cst.BaseExpression]) -> cst.BaseExpression:
    first, *others = tests if len(tests) == 1 else [_operand(test) for test in tests]
    for other in others:
        first = cst.BooleanOperation(first, cst.And(), other)
    return first


def _operand(test: cst.BaseExpression) -> cst.BaseExpression:
    loose = isinstance(test, cst.IfExp | cst.Lambda | cst.NamedExpr) or (
        isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.Or)
    )
    if loose and not test.lpar:
        return test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return test
