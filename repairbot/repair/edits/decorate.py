"""Decorate edits become a line above a function and the import that the line needs."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterator, Sequence

from repairbot.model import TextEdit
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.imports import reached
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused
from repairbot.rule import Decorate


def mark(edit: Decorate) -> Hashable:
    return "definition", edit.path, edit.line, edit.column


def lines(_: Document, edit: Decorate) -> tuple[int]:
    return (edit.line,)


def users(edit: Decorate) -> str:
    return edit.function


def rendered(document: Document, edits: Sequence[Decorate], _: CstWorker) -> Iterator[TextEdit]:
    for edit in edits:
        yield from _decorated(document, edit)


def _decorated(document: Document, edit: Decorate) -> Iterator[TextEdit]:
    """Put the decorator directly above the `def`, below any others, and import it."""
    function = _function(document, edit)
    before = document.layout.lines[edit.line - 1][: edit.column - 1]
    if before.strip():
        raise Refused(f"the function at line {edit.line} of {document.path} does not stand on a line of its own")
    expression, imports = reached(document, function, edit.module, edit.name)
    if any(ast.unparse(decorator) == expression for decorator in function.decorator_list):
        raise Refused(f"the function at line {edit.line} of {document.path} has the decorator already")
    # The edit covers the first letter, so that it cannot be mistaken for the import that may go to the same place.
    start = document.layout.offset(edit.line, edit.column)
    first = document.layout.text[start]
    line = f"@{expression}{document.layout.line_end(edit.line)}{before}{first}"
    yield document.layout.edit(document.path, start, start + 1, line)
    yield from imports


def _function(document: Document, edit: Decorate) -> ast.FunctionDef | ast.AsyncFunctionDef:
    found = document.functions.get((edit.line, edit.column))
    if found is not None:
        return found
    raise Refused(f"no function stands at line {edit.line} of {document.path}")
