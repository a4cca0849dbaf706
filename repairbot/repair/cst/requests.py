"""Recasts of one file become jobs: the smallest stretches of whole lines that hold them, with what to do there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from repairbot.repair.cst.request import Job, Place
from repairbot.repair.locate import Document, first_line
from repairbot.repair.names import fresh_name
from repairbot.repair.refused import Refused
from repairbot.repair.tasks import Task, task
from repairbot.rule import Form, Recast

_INDENT = re.compile(r"[ \t\f]*")
_COMMENT_OR_NOTHING = re.compile(r"[ \t\f]*(#|[\r\n]|\Z)")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole physical lines, `first` to `last`, and the job that rewrites them.

    The job's text starts at `offset` of the file's; `filler` is what it has after those lines, in the body's place.
    """

    first: int
    last: int
    offset: int
    filler: str
    job: Job


def chunks(document: Document, recasts: Sequence[Recast]) -> Iterator[Chunk]:
    """The outermost affected stretches, each with all recasts inside it. Raises Refused."""
    if len({recast.region for recast in recasts}) < len(recasts):
        raise Refused("two plans give one construct different forms")
    tasks = sorted((task(document, recast) for recast in recasts), key=lambda each: each.recast.region)
    names = _names(document, tasks)
    inside: list[Task] = []
    for each in tasks:
        if inside and each.statement.lineno > _last_line(document, inside[0]):
            yield _chunk(document, inside, names)
            inside = []
        inside.append(each)
    if inside:
        yield _chunk(document, inside, names)


def _names(document: Document, tasks: Sequence[Task]) -> Mapping[Recast, str]:
    """A name for each object to be entered and iterated; where one is inside another they differ."""
    names: dict[Recast, str] = {}
    for each in tasks:
        if each.name is not None:
            outer = [other for other in tasks if other.recast in names and _encloses(other, each)]
            taken = {names[other.recast] for other in outer}
            names[each.recast] = fresh_name(document, each.statement, each.name, taken)
    return names


def _encloses(outer: Task, inner: Task) -> bool:
    return inner.statement.lineno <= (outer.statement.end_lineno or 0)


def _chunk(document: Document, tasks: Sequence[Task], names: Mapping[Recast, str]) -> Chunk:
    outer = tasks[0]
    first, last = outer.statement.lineno, _last_line(document, outer)
    line_end = document.layout.line_end(first)
    own = _indent(document.layout.lines[first - 1])
    step = _indent_step(document, outer.statement)
    # LibCST takes no form feed in front of the first statement.
    skipped = document.layout.lines[first - 1].rfind("\f", 0, outer.recast.region.column - 1) + 1
    filler = f"{own}{step}pass{line_end}" if outer.header else ""
    text = "".join(document.layout.lines[first - 1 : last])[skipped:] + filler
    places = tuple(_place(each, first, skipped, names.get(each.recast, "")) for each in tasks)
    return Chunk(first, last, document.layout.starts[first - 1] + skipped, filler, Job(text, line_end, step, places))


def _place(task: Task, first: int, skipped: int, name: str) -> Place:
    region = task.recast.region
    column = region.column - 1 - (skipped if region.line == first else 0)
    recast = task.recast
    return Place(
        region.line - first + 1,
        column,
        iterate=recast.form is not Form.ENTER,
        name=name,
        as_target=task.as_target,
        whole=task.whole,
        after=recast.after,
        is_async=recast.is_async,
        enter=not recast.bare,
    )


def _last_line(document: Document, task: Task) -> int:
    """The last line to rewrite: with a body, that of the last comment after it that is indented as it is."""
    statement = task.statement
    assert statement.end_lineno is not None
    if task.header and isinstance(statement, ast.AsyncFor):
        return first_line(statement.body[0]) - 1
    lines = document.layout.lines
    own = _indent(lines[statement.lineno - 1])
    last = statement.end_lineno
    for number in range(last, len(lines)):
        content = lines[number]
        if not _COMMENT_OR_NOTHING.match(content):
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
