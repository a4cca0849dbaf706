"""The values of this layer: one file of Python, found or parsed."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property

from repairbot.model import Origin, Region, Skipped


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """One Python file that an import can lead to.

    `path` is what evidence shows: relative to the root for source, relative to the library's own folder otherwise.
    `origin` and `path` together identify it.
    """

    path: str
    origin: Origin
    name: str = field(compare=False)
    is_package: bool = field(compare=False)

    @property
    def is_stub(self) -> bool:
        return self.path.endswith(".pyi")


@dataclass(frozen=True, slots=True)
class Missing:
    """No file for a dotted name, with the reason as one clause ("no module 'x' in the target, …")."""

    reason: str


@dataclass(frozen=True)
class Parsed:
    """A file that `ast` accepts. `data` is the file as it is on disk, `text` what Python's own decoding makes of it."""

    file: ModuleFile
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """Physical lines as `ast` counts them, ends kept."""
        return self.text.splitlines(keepends=True)

    def region(self, first: ast.AST, last: ast.AST | None = None) -> Region:
        """From the start of `first` to the end of `last` (of `first` when left out), columns in code points."""
        raise NotImplementedError


class Unparsed(Exception):
    """The file cannot be read as Python here; carries the `skipped` entry that says why."""

    def __init__(self, skipped: Skipped) -> None:
        super().__init__(skipped.reason)
        self.skipped = skipped
