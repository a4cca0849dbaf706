"""The statements of a suite and the comments around them, taken apart and put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from repairbot.repair.cst.jumps import JUMPS
from repairbot.repair.refused import Refused

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


@dataclass(frozen=True, slots=True)
class Settled:
    """Statements without jumps, and the comment lines of a jump that was dropped from their end."""

    statements: tuple[Statement, ...]
    comments: tuple[cst.EmptyLine, ...] = ()


def statements_of(suite: cst.BaseSuite) -> list[Statement]:
    if isinstance(suite, cst.SimpleStatementSuite):
        return [cst.SimpleStatementLine(suite.body, trailing_whitespace=suite.trailing_whitespace)]
    assert isinstance(suite, cst.IndentedBlock)
    return [statement for statement in suite.body if isinstance(statement, Statement)]


def joined(suite: cst.BaseSuite, rest: Sequence[Statement]) -> list[Statement]:
    """The suite's statements and then `rest`, with the comments between them."""
    footer = suite.footer if isinstance(suite, cst.IndentedBlock) else ()
    return [*statements_of(suite), *led_by(footer, rest)]


def led_by(lines: Sequence[cst.EmptyLine], rest: Sequence[Statement]) -> list[Statement]:
    """The statements with more comment lines above them."""
    first = rest[0]
    return [first.with_changes(leading_lines=[*lines, *leading_lines(first)]), *rest[1:]]


def leading_lines(statement: Statement) -> Sequence[cst.EmptyLine]:
    return statement.leading_lines


def comments_of(line: Statement) -> tuple[cst.EmptyLine, ...]:
    """What stays of a line whose statement goes: nothing, or its comments."""
    assert isinstance(line, cst.SimpleStatementLine)
    trailing = line.trailing_whitespace.comment
    own = [cst.EmptyLine(comment=trailing)] if trailing else []
    kept = [*line.leading_lines, *own]
    return tuple(kept) if any(each.comment for each in kept) else ()


def comments_of_lone_jump(suite: cst.BaseSuite) -> tuple[cst.EmptyLine, ...] | None:
    """The comments of a suite that is one jump and nothing else; None for any other suite."""
    statements = statements_of(suite)
    if len(statements) != 1 or not is_lone_jump(statements[0]):
        return None
    if isinstance(suite, cst.SimpleStatementSuite):
        return ()
    assert isinstance(suite, cst.IndentedBlock)
    return (*comments_of(statements[0]), *(line for line in suite.footer if line.comment))


def is_lone_jump(statement: Statement) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and len(statement.body) == 1
        and isinstance(statement.body[0], JUMPS)
    )


def empty_like(suite: cst.BaseSuite, indent: str, header: bool = True) -> cst.IndentedBlock:
    """An empty block indented as `suite` is; with its header comment unless that stays where it is."""
    if isinstance(suite, cst.IndentedBlock):
        return cst.IndentedBlock((), suite.header if header else cst.TrailingWhitespace(), indent=suite.indent)
    assert isinstance(suite, cst.SimpleStatementSuite)
    return cst.IndentedBlock((), suite.trailing_whitespace if header else cst.TrailingWhitespace(), indent=indent)


def block_of(inner: Settled, block: cst.IndentedBlock) -> cst.IndentedBlock:
    """The block with other statements, and a `pass` where there are none."""
    statements = list(inner.statements)
    if not statements:
        only = cst.SimpleStatementLine([cst.Pass()], leading_lines=inner.comments)
        return block.with_changes(body=[only])
    if not block.body or statements[0] is not block.body[0]:
        statements[0] = _without_blank_start(statements[0])
    return block.with_changes(body=statements, footer=[*inner.comments, *block.footer])


def _without_blank_start(statement: Statement) -> Statement:
    lines = list(leading_lines(statement))
    while lines and not lines[0].comment:
        del lines[0]
    return statement.with_changes(leading_lines=lines)


def without_jump(smalls: Sequence[cst.BaseSmallStatement]) -> Sequence[cst.BaseSmallStatement]:
    *kept, last = smalls
    if not isinstance(last, JUMPS) or any(isinstance(small, JUMPS) for small in kept):
        raise Refused("statements that never run follow a jump on its line; take them out first")
    return [*kept[:-1], kept[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)] if kept else []
