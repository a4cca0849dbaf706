"""The statements of a suite and the comments around them, taken apart and put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from repairbot.repair.cst.jumps import JUMPS
from repairbot.repair.refused import Refused

# What is said of a `break` that is gone with it, and what may be said there for other readers.
_LEAVING = re.compile(
    r"\b(break\w*|(leav|exit|quit|stop|end)\w*\b.*\bloop\w*|loop\w*|iterat\w+|once|(only|just|after|use|take|need)\b.*\b(one|first))\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(noqa|type:|pragma|pylint|todo|fixme|xxx|nosec|fmt:|isort:|ruff:)|https?:|#\s*\d", re.IGNORECASE)

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
    gone = comments_on_break(line)
    kept = [each for each in (*line.leading_lines, *own) if each.comment is None or each.comment.value not in gone]
    return tuple(kept) if any(each.comment for each in kept) else ()


def comments_on_break(line: cst.CSTNode) -> frozenset[str]:
    """The comments on a lone `break`, and right above it, that speak of leaving the loop: it goes, and they with it."""
    if not isinstance(line, cst.SimpleStatementLine) or not isinstance(line.body[0], cst.Break):
        return frozenset()
    comments = [*(each.comment for each in line.leading_lines), line.trailing_whitespace.comment]
    texts = [each.value for each in comments if each is not None]
    return frozenset(text for text in texts if _LEAVING.search(text) and not _KEPT.search(text))


def without_comments_on_break(line: Statement) -> Statement:
    gone = comments_on_break(line)
    if not gone or not isinstance(line, cst.SimpleStatementLine):
        return line
    trailing = line.trailing_whitespace
    if trailing.comment is not None and trailing.comment.value in gone:
        trailing = cst.TrailingWhitespace(newline=trailing.newline)
    leading = [each for each in line.leading_lines if each.comment is None or each.comment.value not in gone]
    return line.with_changes(leading_lines=leading, trailing_whitespace=trailing)


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
