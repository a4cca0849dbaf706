"""A library with a person's corrections laid over its sources."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

from repairbot.stubs.generate.pins import Correction
from repairbot.stubs.generate.reading import Library, Module


class CorrectedLibrary(Library):
    """Definitions in a correction replace those of the same name in its module; members of a class likewise.

    The bases of a class in a correction come after those of the real one.
    """

    def __init__(self, root: Path, package: str, corrections: Sequence[Correction]) -> None:
        super().__init__(root, package)
        self._corrections = corrections

    def _load(self, name: str) -> Module | None:
        module = super()._load(name)
        for correction in self._corrections:
            if module is not None and correction.module == name:
                body = _laid_over(module.tree.body, ast.parse(correction.code).body)
                module = Module(name, module.is_package, ast.Module(body, []))
        return module


def _laid_over(body: list[ast.stmt], new: list[ast.stmt]) -> list[ast.stmt]:
    classes = {node.name: node for node in new if isinstance(node, ast.ClassDef)}
    old: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, ast.ClassDef) and statement.name in classes:
            old.append(_patched(statement, classes.pop(statement.name)))
        else:
            old.append(statement)
    rest = [node for node in new if not isinstance(node, ast.ClassDef) or node.name in classes]
    replaced = {node.name for node in rest if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return [*(node for node in old if getattr(node, "name", None) not in replaced), *rest]


def _patched(old: ast.ClassDef, new: ast.ClassDef) -> ast.ClassDef:
    body = _laid_over(old.body, new.body)
    return ast.ClassDef(old.name, [*old.bases, *new.bases], [], body, old.decorator_list)
