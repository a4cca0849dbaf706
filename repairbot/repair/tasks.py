"""One recast becomes a task: which statement has to change, and what is known about the names around it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from repairbot.repair.evaluation import check_first_and_once
from repairbot.repair.locate import Clause, Document, Loop, construct, first_line
from repairbot.repair.names import bound_by, is_read, is_used_outside, names_in
from repairbot.repair.refused import Refused
from repairbot.rule import Form, Recast

_REST_OF_LINE = re.compile(r"[ \t\f]*(#[^\r\n]*)?(\r\n|\r|\n)?\Z")
_ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Task:
    """The statement to rewrite and how; `recast.region` starts at the construct's `async`.

    `name` is wished for the entered object where one is needed. `as_target` and `whole` are as in a Place.
    `header` says that only the lines before the loop's body change.
    """

    recast: Recast
    statement: ast.stmt
    name: str | None
    as_target: bool
    whole: bool = False
    header: bool = False


def task(document: Document, recast: Recast) -> Task:
    """Raises Refused when the construct cannot be rewritten where it stands."""
    found = construct(document, recast.region)
    if isinstance(document.function(found.node), ast.Module):
        raise Refused("the construct stands outside of any function")
    match found:
        case Loop(node):
            return _loop(document, node, recast)
        case Clause():
            return _clause(document, found, recast)


def _loop(document: Document, node: ast.AsyncFor, recast: Recast) -> Task:
    line, column = document.start(node)
    if document.layout.lines[line - 1][: column - 1].strip():
        raise Refused("the loop shares its line with another statement")
    # Without a target a tuple would read as several managers.
    droppable = isinstance(node.target, ast.Name) and node.target.id == "_" and not isinstance(node.iter, ast.Tuple)
    as_target = not droppable or is_read(document.function(node), "_")
    keeps_body = recast.bare or (recast.form is Form.ENTER and not node.orelse and not _jumps_out(node))
    header = keeps_body and _has_body_below(document, node)
    return Task(recast, node, _wished(recast), as_target, header=header)


def _has_body_below(document: Document, loop: ast.AsyncFor) -> bool:
    """Whether the body starts on a line of its own."""
    line = first_line(loop.body[0])
    start = document.start(loop.body[0])
    return line != start[0] or not document.layout.lines[line - 1][: start[1] - 1].strip()


def _jumps_out(loop: ast.AsyncFor) -> bool:
    """Whether a `break` or `continue` in the loop's body is the loop's own."""
    waiting: list[ast.AST] = list(loop.body)
    while waiting:
        match waiting.pop():
            case ast.Break() | ast.Continue():
                return True
            case ast.For(orelse=orelse) | ast.AsyncFor(orelse=orelse) | ast.While(orelse=orelse):
                waiting += orelse
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.expr():
                pass
            case node:
                waiting += ast.iter_child_nodes(node)
    return False


def _clause(document: Document, found: Clause, recast: Recast) -> Task:
    if recast.bare:
        return Task(recast, document.statement(found.node), None, as_target=True)
    if isinstance(found.node, ast.GeneratorExp):
        raise Refused("a generator expression runs later than the statement it stands in")
    if found.index:
        raise Refused("the clause is not the first of its comprehension, so it may run any number of times")
    statement = document.statement(found.node)
    check_first_and_once(document, found.node)
    _check_alone(document, statement)
    _check_only_clause(statement, found)
    whole = getattr(statement, "value", None) is found.node
    match recast.form:
        case Form.ENTER:
            _check_empty_set(document, found)
            return Task(recast, statement, None, _has_free_target(document, found), whole)
        case Form.ENTER_THEN_ITERATE:
            return Task(recast, statement, _wished(recast), as_target=True, whole=whole)


def _check_alone(document: Document, statement: ast.stmt) -> None:
    """Raises Refused unless a simple statement has its physical lines for itself."""
    line, column = document.start(statement)
    end_line, end_column = document.end(statement)
    before = document.layout.lines[line - 1][: column - 1]
    if before.strip() or not _REST_OF_LINE.match(document.layout.lines[end_line - 1][end_column - 1 :]):
        raise Refused("the statement shares its line with another one")


def _check_only_clause(statement: ast.stmt, found: Clause) -> None:
    for node in ast.walk(statement):
        if isinstance(node, ast.comprehension) and node.is_async and node is not found.generator:
            raise Refused("the statement holds another asynchronous clause")


def _check_empty_set(document: Document, found: Clause) -> None:
    needs_one = isinstance(found.node, ast.SetComp) and found.generator.ifs
    if needs_one and "set" in names_in(document.tree):
        raise Refused("an empty set is needed and the file uses the name `set`")


def _has_free_target(document: Document, found: Clause) -> bool:
    """Whether the target stays. Its names move from the comprehension to the function, so they must be free there."""
    target, entered = found.generator.target, found.generator.iter
    if isinstance(target, ast.Name) and target.id == "_" and not is_read(found.node, "_"):
        return isinstance(entered, ast.Tuple)
    function = document.function(found.node)
    for name in sorted(bound_by(target)):
        if name in names_in(entered) or is_used_outside(function, name, found.node):
            raise Refused(f"the name `{name}` would leave the comprehension and is used elsewhere in the function")
    return True


def _wished(recast: Recast) -> str | None:
    if recast.bare:
        return None
    match recast.form:
        case Form.ENTER:
            return None
        case Form.ENTER_THEN_ITERATE:
            return recast.name or _ENTERED
