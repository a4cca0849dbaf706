"""A loop body without the jumps that end its only pass: dropped, inverted into if/else, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from repairbot.repair.cst_negation import negated
from repairbot.repair.refused import Refused

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
_JUMPS = (cst.Break, cst.Continue)
_LEAVING = (*_JUMPS, cst.Return, cst.Raise)


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


@dataclass(frozen=True, slots=True)
class Settled:
    """Statements without jumps, and the comment lines of a jump that was dropped from their end."""

    statements: tuple[Statement, ...]
    comments: tuple[cst.EmptyLine, ...] = ()


def settled_suite(suite: cst.BaseSuite, indent: str) -> cst.BaseSuite:
    """The suite, at whose end the loop's pass ends, without its jumps. Raises Refused."""
    if not jumps(suite):
        return suite
    if isinstance(suite, cst.SimpleStatementSuite):
        return suite.with_changes(body=_without_last(suite.body) or [cst.Pass()])
    assert isinstance(suite, cst.IndentedBlock)
    lines = _statements(suite)
    if len(lines) == 1 and _lone_jump(lines[0]):
        return suite.with_changes(body=[lines[0].with_changes(body=[cst.Pass()])])
    return _filled(suite, settled(lines, indent))


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
            kept = _without_last(statement.body)
            if kept:
                return Settled((statement.with_changes(body=kept),))
            return Settled((), _comments(statement))
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
            raise Refused(f"{_named(statement)} stands where no plain statement can replace it")


def _settled_if(node: cst.If, indent: str) -> cst.If:
    match node.orelse:
        case cst.If() as branch:
            orelse: cst.If | cst.Else | None = _settled_if(branch, indent)
        case cst.Else() as branch:
            orelse = branch.with_changes(body=settled_suite(branch.body, indent))
        case None:
            orelse = None
    return node.with_changes(body=settled_suite(node.body, indent), orelse=orelse)


def _settled_try(node: cst.Try | cst.TryStar, indent: str) -> cst.Try | cst.TryStar:
    if node.finalbody is not None and jumps(node.finalbody):
        raise Refused(f"{_named(node.finalbody)} stands in a `finally`, where it would also swallow an exception")
    if node.orelse is not None and jumps(node.body):
        raise Refused(f"{_named(node.body)} skips the `else` of the `try` it stands in")
    return node.with_changes(
        body=settled_suite(node.body, indent),
        handlers=[handler.with_changes(body=settled_suite(handler.body, indent)) for handler in node.handlers],
        orelse=node.orelse and node.orelse.with_changes(body=settled_suite(node.orelse.body, indent)),
    )


def _with_rest(statement: Statement, rest: Sequence[Statement], indent: str) -> Statement:
    """The statement with all that followed it moved to the one place from where it is reached."""
    match statement:
        case cst.SimpleStatementLine():
            raise Refused(f"statements that never run follow {_named(statement)}; take them out first")
        case cst.If():
            return _if_with_rest(statement, rest, indent)
        case cst.Try():
            return _try_with_rest(statement, rest, indent)
        case cst.Match():
            return _match_with_rest(statement, rest, indent)
        case cst.With():
            raise Refused(f"{_named(statement)} leaves a `with` block that other statements follow")
        case cst.For() | cst.While():
            raise Refused(f"{_named(statement)} stands in the `else` of a loop that other statements follow")
        case _:
            raise Refused(f"{_named(statement)} leaves a block that other statements follow")


def _if_with_rest(node: cst.If, rest: Sequence[Statement], indent: str) -> cst.If:
    body_leaves = leaves(node.body)
    else_leaves = _else_leaves(node.orelse)
    if body_leaves and else_leaves:
        raise Refused(f"statements that never run follow {_named(node)}; take them out first")
    if body_leaves and node.orelse is None and (told := _only_comments(node.body)) is not None:
        inner = _block(settled(_after(told, rest), indent), _like(node.body, indent))
        return negated(node).with_changes(body=inner)
    if body_leaves:
        return node.with_changes(
            body=settled_suite(node.body, indent), orelse=_else_with_rest(node, node.orelse, rest, indent)
        )
    if else_leaves:
        suite = node.body
        inner = _block(settled(_joined(suite, rest), indent), _like(suite, indent))
        return _settled_else(node.with_changes(body=inner), indent)
    raise Refused(f"{_named(node)} leaves a nested block on some paths only, and statements follow")


def _else_leaves(orelse: cst.If | cst.Else | None) -> bool:
    match orelse:
        case cst.Else():
            return leaves(orelse.body)
        case cst.If():
            return leaves(orelse.body) and _else_leaves(orelse.orelse)
        case None:
            return False


def _settled_else(node: cst.If, indent: str) -> cst.If:
    match node.orelse:
        case cst.Else() as branch:
            return node.with_changes(orelse=branch.with_changes(body=settled_suite(branch.body, indent)))
        case cst.If() as branch:
            return node.with_changes(orelse=_settled_if(branch, indent))
        case None:
            return node


def _else_with_rest(
    node: cst.If, orelse: cst.If | cst.Else | None, rest: Sequence[Statement], indent: str
) -> cst.If | cst.Else:
    match orelse:
        case cst.Else():
            inner = settled(_joined(orelse.body, rest), indent)
            return orelse.with_changes(body=_block(inner, _like(orelse.body, indent)))
        case cst.If():
            inner = settled([orelse, *rest], indent)
            match inner.statements:
                case [cst.If() as only] if not inner.comments:
                    return only
                case _:
                    return cst.Else(body=_block(inner, _like(node.body, indent, header=False)))
        case None:
            inner = settled(rest, indent)
            return cst.Else(body=_block(inner, _like(node.body, indent, header=False)))


def _try_with_rest(node: cst.Try, rest: Sequence[Statement], indent: str) -> cst.Try:
    if jumps(node.body) or node.finalbody is not None or not all(leaves(one.body) for one in node.handlers):
        raise Refused(f"{_named(node)} leaves a `try` that other statements follow")
    handlers = [handler.with_changes(body=settled_suite(handler.body, indent)) for handler in node.handlers]
    if node.orelse is None:
        like = _like(node.handlers[-1].body, indent, header=False)
        orelse = cst.Else(body=_block(settled(rest, indent), like))
    else:
        inner = settled(_joined(node.orelse.body, rest), indent)
        orelse = node.orelse.with_changes(body=_block(inner, _like(node.orelse.body, indent)))
    return node.with_changes(handlers=handlers, orelse=orelse)


def _match_with_rest(node: cst.Match, rest: Sequence[Statement], indent: str) -> cst.Match:
    staying = [case for case in node.cases if not leaves(case.body)]
    cases = [case if case in staying else _settled_case(case, indent) for case in node.cases]
    if not _exhaustive(node) and not staying:
        like = _like(node.cases[-1].body, indent, header=False)
        cases.append(cst.MatchCase(pattern=cst.MatchAs(), body=_block(settled(rest, indent), like)))
        return node.with_changes(cases=cases)
    if not _exhaustive(node) or len(staying) != 1:
        raise Refused(f"{_named(node)} leaves a `match` that other statements follow")
    suite = staying[0].body
    inner = _block(settled(_joined(suite, rest), indent), _like(suite, indent))
    cases[node.cases.index(staying[0])] = staying[0].with_changes(body=inner)
    return node.with_changes(cases=cases)


def _settled_case(case: cst.MatchCase, indent: str) -> cst.MatchCase:
    return case.with_changes(body=settled_suite(case.body, indent))


def _exhaustive(node: cst.Match) -> bool:
    last = node.cases[-1]
    return last.guard is None and isinstance(last.pattern, cst.MatchAs) and last.pattern.pattern is None


def leaves(suite: cst.BaseSuite) -> bool:
    """Whether control never reaches what follows the suite."""
    return any(_leaves(statement) for statement in suite.body)


def _leaves(statement: cst.CSTNode) -> bool:
    match statement:
        case cst.SimpleStatementLine():
            return any(isinstance(small, _LEAVING) for small in statement.body)
        case cst.If():
            return leaves(statement.body) and _else_leaves(statement.orelse)
        case cst.Try() | cst.TryStar():
            if statement.finalbody is not None and leaves(statement.finalbody.body):
                return True
            through = leaves(statement.body) or (statement.orelse is not None and leaves(statement.orelse.body))
            return through and all(leaves(handler.body) for handler in statement.handlers)
        case cst.Match():
            return _exhaustive(statement) and all(leaves(case.body) for case in statement.cases)
        case _:
            # A `with` may swallow the exception that kept its body from leaving; a loop may not run at all.
            return isinstance(statement, _LEAVING)


def _statements(suite: cst.BaseSuite) -> list[Statement]:
    if isinstance(suite, cst.SimpleStatementSuite):
        return [cst.SimpleStatementLine(suite.body, trailing_whitespace=suite.trailing_whitespace)]
    assert isinstance(suite, cst.IndentedBlock)
    return [statement for statement in suite.body if isinstance(statement, Statement)]


def _joined(suite: cst.BaseSuite, rest: Sequence[Statement]) -> list[Statement]:
    footer = suite.footer if isinstance(suite, cst.IndentedBlock) else ()
    return [*_statements(suite), *_after(footer, rest)]


def _after(lines: Sequence[cst.EmptyLine], rest: Sequence[Statement]) -> list[Statement]:
    first = rest[0]
    return [first.with_changes(leading_lines=[*lines, *_leading(first)]), *rest[1:]]


def _leading(statement: Statement) -> Sequence[cst.EmptyLine]:
    return statement.leading_lines


def _lone_jump(statement: Statement) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and len(statement.body) == 1
        and isinstance(statement.body[0], _JUMPS)
    )


def _only_comments(suite: cst.BaseSuite) -> tuple[cst.EmptyLine, ...] | None:
    """The comments of a suite that is one jump and nothing else; None for any other suite."""
    statements = _statements(suite)
    if len(statements) != 1 or not _lone_jump(statements[0]):
        return None
    if isinstance(suite, cst.SimpleStatementSuite):
        return ()
    assert isinstance(suite, cst.IndentedBlock)
    return (*_comments(statements[0]), *(line for line in suite.footer if line.comment))


def _comments(line: Statement) -> tuple[cst.EmptyLine, ...]:
    """What stays of a line whose statement goes: nothing, or its comments."""
    assert isinstance(line, cst.SimpleStatementLine)
    trailing = line.trailing_whitespace.comment
    own = [cst.EmptyLine(comment=trailing)] if trailing else []
    kept = [*line.leading_lines, *own]
    return tuple(kept) if any(each.comment for each in kept) else ()


def _without_last(smalls: Sequence[cst.BaseSmallStatement]) -> Sequence[cst.BaseSmallStatement]:
    *kept, last = smalls
    if not isinstance(last, _JUMPS) or any(isinstance(small, _JUMPS) for small in kept):
        raise Refused("statements that never run follow a jump on its line; take them out first")
    return [*kept[:-1], kept[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)] if kept else []


def _like(suite: cst.BaseSuite, indent: str, header: bool = True) -> cst.IndentedBlock:
    """An empty block indented as `suite` is; with its header comment unless that stays where it is."""
    if isinstance(suite, cst.IndentedBlock):
        return cst.IndentedBlock((), suite.header if header else cst.TrailingWhitespace(), indent=suite.indent)
    assert isinstance(suite, cst.SimpleStatementSuite)
    return cst.IndentedBlock((), suite.trailing_whitespace if header else cst.TrailingWhitespace(), indent=indent)


def _block(inner: Settled, like: cst.IndentedBlock) -> cst.IndentedBlock:
    return _filled(like, inner)


def _filled(block: cst.IndentedBlock, inner: Settled) -> cst.IndentedBlock:
    statements = list(inner.statements)
    if not statements:
        only = cst.SimpleStatementLine([cst.Pass()], leading_lines=inner.comments)
        return block.with_changes(body=[only])
    if not block.body or statements[0] is not block.body[0]:
        statements[0] = _without_blank_start(statements[0])
    return block.with_changes(body=statements, footer=[*inner.comments, *block.footer])


def _without_blank_start(statement: Statement) -> Statement:
    lines = list(_leading(statement))
    while lines and not lines[0].comment:
        del lines[0]
    return statement.with_changes(leading_lines=lines)


def _named(node: cst.CSTNode) -> str:
    kinds = sorted({"`break`" if isinstance(jump, cst.Break) else "`continue`" for jump in jumps(node)})
    return "a " + " or ".join(kinds)
