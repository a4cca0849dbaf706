"""Recasts of one file become jobs: the smallest statements that hold them, as whole lines, with what to do there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repairbot.repair.contract import Form, Recast
from repairbot.repair.cst_job import Job, Place
from repairbot.repair.evaluation import check_first_and_once
from repairbot.repair.locate import Clause, Document, Loop, construct
from repairbot.repair.names import bound_by, fresh_name, is_read, is_used_outside, names_in
from repairbot.repair.refused import Refused

_INDENT = re.compile(r"[ \t\f]*")
_NOTHING_BUT_COMMENT = re.compile(r"[ \t\f]*(#[^\r\n]*)?(\r\n|\r|\n)?\Z")
_ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole physical lines, `first` to `last`, and the job that rewrites them."""

    first: int
    last: int
    job: Job


@dataclass(frozen=True, slots=True)
class _Task:
    statement: ast.stmt
    line: int
    column: int
    place: Place


def chunks(document: Document, recasts: Sequence[Recast]) -> Iterator[Chunk]:
    """The outermost affected statements, each with all recasts inside it. Raises Refused."""
    if len({recast.region for recast in recasts}) < len(recasts):
        raise Refused("two plans give one construct different forms")
    tasks = [_task(document, recast) for recast in recasts]
    outermost: list[ast.stmt] = []
    for task in sorted(tasks, key=lambda task: (task.statement.lineno, -(task.statement.end_lineno or 0))):
        if not outermost or task.statement.lineno > (outermost[-1].end_lineno or 0):
            outermost.append(task.statement)
    for statement in outermost:
        inside = [task for task in tasks if statement.lineno <= task.line <= (statement.end_lineno or 0)]
        yield _chunk(document, statement, inside)


def _task(document: Document, recast: Recast) -> _Task:
    found = construct(document, recast.region)
    if isinstance(document.function(found.node), ast.Module):
        raise Refused("the construct stands outside of any function")
    column = recast.region.column - 1
    match found:
        case Loop(node):
            _check_alone(document, node, node.body[0])
            place = Place(0, column, _iterates(recast), _name(document, node, recast), _is_target_kept(document, node))
            return _Task(node, recast.region.line, column, place)
        case Clause(node):
            return _Task(document.statement(node), recast.region.line, column, _clause(document, found, recast))


def _clause(document: Document, found: Clause, recast: Recast) -> Place:
    if isinstance(found.node, ast.GeneratorExp):
        raise Refused("a generator expression runs later than the statement it stands in")
    if found.index:
        raise Refused("the clause is not the first of its comprehension, so it may run any number of times")
    statement = document.statement(found.node)
    check_first_and_once(document, found.node)
    _check_alone(document, statement, None)
    _check_only_clause(statement, found)
    keeps_target = True
    if not _iterates(recast):
        _check_empty_set(document, found)
        keeps_target = _check_names(document, found)
    whole = getattr(statement, "value", None) is found.node
    column = recast.region.column - 1
    return Place(0, column, _iterates(recast), _name(document, found.node, recast), keeps_target, whole)


def _check_only_clause(statement: ast.stmt, found: Clause) -> None:
    for node in ast.walk(statement):
        if isinstance(node, ast.comprehension) and node.is_async and node is not found.generator:
            raise Refused("the statement holds another asynchronous clause")


def _check_empty_set(document: Document, found: Clause) -> None:
    needs_one = isinstance(found.node, ast.SetComp) and found.generator.ifs
    if needs_one and "set" in names_in(document.tree):
        raise Refused("an empty set is needed and the file uses the name `set`")


def _check_names(document: Document, found: Clause) -> bool:
    """Whether the target stays; its names move from the comprehension to the function, so they must be free there."""
    target = found.generator.target
    if isinstance(target, ast.Name) and target.id == "_" and not is_read(found.node, "_"):
        return isinstance(found.generator.iter, ast.Tuple)
    function = document.function(found.node)
    for name in sorted(bound_by(target)):
        if is_used_outside(function, name, found.node):
            raise Refused(f"the name `{name}` would leave the comprehension and is used elsewhere in the function")
    return True


def _is_target_kept(document: Document, node: ast.AsyncFor) -> bool:
    # Without a target a tuple would read as several managers.
    if isinstance(node.iter, ast.Tuple) or not (isinstance(node.target, ast.Name) and node.target.id == "_"):
        return True
    return is_read(document.function(node), "_")


def _iterates(recast: Recast) -> bool:
    match recast.form:
        case Form.ENTER:
            return False
        case Form.ENTER_THEN_ITERATE:
            return True


def _name(document: Document, node: ast.AST, recast: Recast) -> str:
    return fresh_name(document, node, recast.name or _ENTERED) if _iterates(recast) else ""


def _check_alone(document: Document, statement: ast.stmt, body: ast.stmt | None) -> None:
    """Raises Refused unless the statement has its physical lines for itself."""
    line, column = document.start(statement)
    before = document.layout.lines[line - 1][: column - 1]
    after = ""
    if body is None:
        end_line, end_column = document.end(statement)
        after = document.layout.lines[end_line - 1][end_column - 1 :]
    if before.strip() or not _NOTHING_BUT_COMMENT.match(after):
        raise Refused("the statement shares its line with another one")


def _chunk(document: Document, statement: ast.stmt, tasks: Sequence[_Task]) -> Chunk:
    first, last = statement.lineno, _last_line(document, statement)
    lines = document.layout.lines[first - 1 : last]
    places = [
        Place(task.line - first + 1, task.column, each.iterate, each.name, each.as_target, each.whole)
        for task in tasks
        for each in (task.place,)
    ]
    job = Job("".join(lines), document.layout.line_end(first), _indent_step(document, statement), tuple(places))
    return Chunk(first, last, job)


def _last_line(document: Document, statement: ast.stmt) -> int:
    """The statement's last line, or that of the last comment after it that is indented as its body is."""
    assert statement.end_lineno is not None
    lines = document.layout.lines
    own = _indent(lines[statement.lineno - 1])
    last = statement.end_lineno
    for number in range(last, len(lines)):
        content = lines[number]
        if not _NOTHING_BUT_COMMENT.match(content):
            break
        if content.strip():
            if not (_indent(content).startswith(own) and len(_indent(content)) > len(own)):
                break
            last = number + 1
    return last


def _indent(line: str) -> str:
    found = _INDENT.match(line)
    assert found is not None
    return found[0].rpartition("\f")[2]


def _indent_step(document: Document, statement: ast.stmt) -> str:
    """What one level more is written as around the statement."""
    own = _indent(document.layout.lines[statement.lineno - 1])
    for node in document.ancestors(statement):
        owner = node.pattern if isinstance(node, ast.match_case) else node
        if isinstance(owner, ast.stmt | ast.ExceptHandler | ast.pattern):
            outer = _indent(document.layout.lines[owner.lineno - 1])
            return own.removeprefix(outer) if own.startswith(outer) and own != outer else "    "
    return "    "
