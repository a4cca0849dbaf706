"""Toggle edits become the word `async` in front of a statement."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterator, Sequence

from repairbot.model import TextEdit
from repairbot.repair.cst.worker import CstWorker
from repairbot.repair.locate import Document
from repairbot.repair.refused import Refused
from repairbot.rule import Toggle


def mark(edit: Toggle) -> Hashable:
    return "statement", edit.path, edit.line, edit.column


def lines(_: Document, edit: Toggle) -> tuple[int]:
    return (edit.line,)


def users(_: Toggle) -> None:
    return None


def rendered(document: Document, edits: Sequence[Toggle], _: CstWorker) -> Iterator[TextEdit]:
    for edit in edits:
        statement = _statement(document, edit)
        if not isinstance(document.function(statement), ast.AsyncFunctionDef):
            raise Refused(f"the statement at line {edit.line} of {document.path} stands in no `async def`")
        # The edit covers the first letter, so that it cannot be mistaken for another that goes to the same place.
        start = document.layout.offset(edit.line, edit.column)
        yield document.layout.edit(document.path, start, start + 1, f"async {document.layout.text[start]}")


def _statement(document: Document, edit: Toggle) -> ast.With | ast.For:
    for node in ast.walk(document.tree):
        if isinstance(node, ast.With | ast.For) and document.start(node) == (edit.line, edit.column):
            return node
    raise Refused(f"no `with` or `for` stands at line {edit.line} of {document.path}")
