"""The attributes that working code reads of what a context manager yields: its own code, and code that enters it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Protocol

from repairbot.protocols.uses import Use, Uses
from repairbot.protocols.values import Function
from repairbot.source.files import ModuleFile, Parsed


class Files(Protocol):
    """Where the files of the uses are read."""

    def file(self, path: str) -> ModuleFile: ...

    def parsed(self, file: ModuleFile) -> Parsed: ...


def attested(files: Files, function: Function, uses: Uses) -> Iterator[str]:
    """Yield each attribute that is read of what the function yields, or of what entering it gives."""
    body = getattr(function.scope.node, "body", [])
    names = {node.value.id for _, node in function.scope.flow.yields if isinstance(node.value, ast.Name)}
    if len(function.scope.flow.yields) == 1 and isinstance(body, list):
        yield from _reads(body, names)
    for place in uses.places:
        if place.use is Use.ENTERED:
            yield from _of_entry(files.parsed(files.file(place.path)).tree, place.line, function.name)


def _of_entry(tree: ast.Module, line: int, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncWith) and node.lineno <= line <= node.body[0].lineno:
            for item in node.items:
                match item:
                    case ast.withitem(context_expr=ast.Call(func=called), optional_vars=ast.Name(id=bound)) if (
                        called.lineno <= line <= (called.end_lineno or line) and _last(called) == name
                    ):
                        yield from _reads(node.body, {bound})


def _last(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _reads(body: Sequence[ast.stmt], names: set[str]) -> Iterator[str]:
    for statement in body:
        for node in ast.walk(statement):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=attribute, ctx=ast.Load()) if name in names:
                    yield attribute
