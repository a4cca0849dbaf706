"""A loop body without the jumps that end its only pass: dropped, inverted into if/else, or refused."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from repairbot.repair.cst.jumps import else_leaves, is_exhaustive, jumps, leaves, named
from repairbot.repair.cst.negation import negated
from repairbot.repair.cst.suites import (
    Settled,
    Statement,
    block_of,
    comments_of,
    comments_of_lone_jump,
    empty_like,
    is_lone_jump,
    joined,
    led_by,
    statements_of,
    without_comments_on_break,
    without_jump,
)
from repairbot.repair.refused import Refused


def settled_suite(suite: cst.BaseSuite, indent: str) -> cst.BaseSuite:
    """The suite, at whose end the loop's pass ends, without its jumps. Raises Refused."""
    if not jumps(suite):
        return suite
    if isinstance(suite, cst.SimpleStatementSuite):
        return suite.with_changes(body=without_jump(suite.body) or [cst.Pass()])
    assert isinstance(suite, cst.IndentedBlock)
    lines = statements_of(suite)
    if len(lines) == 1 and is_lone_jump(lines[0]):
        return suite.with_changes(body=[without_comments_on_break(lines[0]).with_changes(body=[cst.Pass()])])
    return block_of(settled(lines, indent), suite)


def settled(statements: Sequence[Statement], indent: str) -> Settled:
    """Statements at whose end the loop's pass ends, without jumps. Raises Refused."""
    for index, statement in enumerate(statements):
        if jumps(statement):
            before, rest = statements[:index], statements[index + 1 :]
            if rest:
                return Settled((*before, _with_rest(statement, rest, indent)))
            last = _last(statement, indent)
            return Settled((*before, *last.statements), last.comments)
    return Settled(tuple(statements))


def _last(statement: Statement, indent: str) -> Settled:
    match statement:
        case cst.SimpleStatementLine():
            kept = without_jump(statement.body)
            if kept:
                return Settled((statement.with_changes(body=kept),))
            return Settled((), comments_of(statement))
        case cst.If():
            return Settled((_settled_if(statement, indent),))
        case cst.With():
            return Settled((statement.with_changes(body=settled_suite(statement.body, indent)),))
        case cst.Try() | cst.TryStar():
            return Settled((_settled_try(statement, indent),))
        case cst.Match():
            cases = [case.with_changes(body=settled_suite(case.body, indent)) for case in statement.cases]
            return Settled((statement.with_changes(cases=cases),))
        case cst.For() | cst.While() if statement.orelse is not None:
            orelse = statement.orelse.with_changes(body=settled_suite(statement.orelse.body, indent))
            return Settled((statement.with_changes(orelse=orelse),))
        case _:
            raise Refused(f"{named(statement)} stands where no plain statement can replace it")


def _settled_if(node: cst.If, indent: str) -> cst.If:
    return node.with_changes(
        body=settled_suite(node.body, indent), orelse=node.orelse and _settled_branch(node.orelse, indent)
    )


def _settled_branch(branch: cst.If | cst.Else, indent: str) -> cst.If | cst.Else:
    match branch:
        case cst.If():
            return _settled_if(branch, indent)
        case cst.Else():
            return branch.with_changes(body=settled_suite(branch.body, indent))


def _settled_try(node: cst.Try | cst.TryStar, indent: str) -> cst.Try | cst.TryStar:
    if node.finalbody is not None and jumps(node.finalbody):
        raise Refused(f"{named(node.finalbody)} stands in a `finally`, where it would also swallow an exception")
    if node.orelse is not None and jumps(node.body):
        raise Refused(f"{named(node.body)} skips the `else` of the `try` it stands in")
    return node.with_changes(
        body=settled_suite(node.body, indent),
        handlers=[handler.with_changes(body=settled_suite(handler.body, indent)) for handler in node.handlers],
        orelse=node.orelse and node.orelse.with_changes(body=settled_suite(node.orelse.body, indent)),
    )


def _with_rest(statement: Statement, rest: Sequence[Statement], indent: str) -> Statement:
    """The statement with all that followed it moved to the one place from where it is reached."""
    match statement:
        case cst.SimpleStatementLine():
            raise Refused(f"statements that never run follow {named(statement)}; take them out first")
        case cst.If():
            return _if_with_rest(statement, rest, indent)
        case cst.Try():
            return _try_with_rest(statement, rest, indent)
        case cst.Match():
            return _match_with_rest(statement, rest, indent)
        case cst.With():
            raise Refused(f"{named(statement)} leaves a `with` block that other statements follow")
        case cst.For() | cst.While():
            raise Refused(f"{named(statement)} stands in the `else` of a loop that other statements follow")
        case _:
            raise Refused(f"{named(statement)} leaves a block that other statements follow")


def _if_with_rest(node: cst.If, rest: Sequence[Statement], indent: str) -> cst.If:
    body_leaves = leaves(node.body)
    orelse_leaves = else_leaves(node.orelse)
    if body_leaves and orelse_leaves:
        raise Refused(f"statements that never run follow {named(node)}; take them out first")
    if body_leaves and node.orelse is None and (told := comments_of_lone_jump(node.body)) is not None:
        inner = block_of(settled(led_by(told, rest), indent), empty_like(node.body, indent))
        return negated(node).with_changes(body=inner)
    if body_leaves:
        return node.with_changes(
            body=settled_suite(node.body, indent), orelse=_else_with_rest(node, node.orelse, rest, indent)
        )
    if orelse_leaves:
        suite = node.body
        inner = block_of(settled(joined(suite, rest), indent), empty_like(suite, indent))
        return node.with_changes(body=inner, orelse=node.orelse and _settled_branch(node.orelse, indent))
    raise Refused(f"{named(node)} leaves a nested block on some paths only, and statements follow")


def _else_with_rest(
    node: cst.If, orelse: cst.If | cst.Else | None, rest: Sequence[Statement], indent: str
) -> cst.If | cst.Else:
    match orelse:
        case cst.Else():
            inner = settled(joined(orelse.body, rest), indent)
            return orelse.with_changes(body=block_of(inner, empty_like(orelse.body, indent)))
        case cst.If():
            inner = settled([orelse, *rest], indent)
            match inner.statements:
                case [cst.If() as only] if not inner.comments:
                    return only
                case _:
                    return cst.Else(body=block_of(inner, empty_like(node.body, indent, header=False)))
        case None:
            inner = settled(rest, indent)
            return cst.Else(body=block_of(inner, empty_like(node.body, indent, header=False)))


def _try_with_rest(node: cst.Try, rest: Sequence[Statement], indent: str) -> cst.Try:
    if jumps(node.body) or node.finalbody is not None or not all(leaves(one.body) for one in node.handlers):
        raise Refused(f"{named(node)} leaves a `try` that other statements follow")
    handlers = [handler.with_changes(body=settled_suite(handler.body, indent)) for handler in node.handlers]
    if node.orelse is None:
        like = empty_like(node.handlers[-1].body, indent, header=False)
        orelse = cst.Else(body=block_of(settled(rest, indent), like))
    else:
        inner = settled(joined(node.orelse.body, rest), indent)
        orelse = node.orelse.with_changes(body=block_of(inner, empty_like(node.orelse.body, indent)))
    return node.with_changes(handlers=handlers, orelse=orelse)


def _match_with_rest(node: cst.Match, rest: Sequence[Statement], indent: str) -> cst.Match:
    staying = [case for case in node.cases if not leaves(case.body)]
    cases = [case if case in staying else _settled_case(case, indent) for case in node.cases]
    if not is_exhaustive(node) and not staying:
        like = empty_like(node.cases[-1].body, indent, header=False)
        cases.append(cst.MatchCase(pattern=cst.MatchAs(), body=block_of(settled(rest, indent), like)))
        return node.with_changes(cases=cases)
    if not is_exhaustive(node) or len(staying) != 1:
        raise Refused(f"{named(node)} leaves a `match` that other statements follow")
    suite = staying[0].body
    inner = block_of(settled(joined(suite, rest), indent), empty_like(suite, indent))
    cases[node.cases.index(staying[0])] = staying[0].with_changes(body=inner)
    return node.with_changes(cases=cases)


def _settled_case(case: cst.MatchCase, indent: str) -> cst.MatchCase:
    return case.with_changes(body=settled_suite(case.body, indent))
