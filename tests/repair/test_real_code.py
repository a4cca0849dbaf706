"""The bug planted in the standard library's own code, and taken out again."""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from repairbot.model import TextEdit
from repairbot.repair.layout import Layout
from repairbot.repair.locate import Document
from tests.repair.conftest import PATH, Bench, MemoryFiles

LIBRARY = Path(sysconfig.get_path("stdlib"))
MODULES = (
    "ast",
    "compileall",
    "dbm/dumb",
    "glob",
    "mailbox",
    "netrc",
    "pkgutil",
    "platform",
    "shutil",
    "tarfile",
    "zipapp",
)


def planted(document: Document) -> Iterator[tuple[TextEdit, TextEdit]]:
    """For each `with E as T:` and `for T in E:` the edits to `async with E as T:` and `async for T in E:`."""
    layout = document.layout
    for node in ast.walk(document.tree):
        match node:
            case ast.With(items=[ast.withitem(iterated, ast.expr() as target)], body=body):
                last: ast.expr = target
            case ast.For(iter=iterated, target=target, body=body, orelse=[]):
                last = iterated
            case _:
                continue
        start, end = layout.offset(*document.start(node)), layout.offset(*document.end(last))
        entered, named = written(document, iterated), written(document, target)
        jumps = any(isinstance(each, ast.Break | ast.Continue) for part in body for each in ast.walk(part))
        plain = layout.text[start:end] in {f"with {entered} as {named}", f"for {named} in {entered}"}
        if plain and not jumps and not isinstance(document.function(node), ast.Module):
            right = f"async with {grouped(iterated, entered)} as {grouped(target, named)}"
            yield layout.edit(PATH, start, end, right), layout.edit(PATH, start, end, f"async for {named} in {entered}")


def written(document: Document, node: ast.expr) -> str:
    layout: Layout = document.layout
    return layout.text[layout.offset(*document.start(node)) : layout.offset(*document.end(node))]


def grouped(node: ast.expr, text: str) -> str:
    return f"({text})" if isinstance(node, ast.Tuple) and not text.startswith("(") else text


@pytest.mark.parametrize("module", MODULES)
def test_every_planted_loop_is_restored_to_the_byte(bench: Bench, module: str) -> None:
    data = (LIBRARY / f"{module}.py").read_bytes()
    document = MemoryFiles({PATH: data}).document(PATH)
    pairs = list(planted(document))
    right = document.layout.applied(edit for edit, _ in pairs)
    wrong = document.layout.applied(edit for _, edit in pairs)
    bugs = bench.recasts(wrong)
    assert len(bugs) == len(pairs) > 0
    assert bench.edited(wrong, bugs) == right
