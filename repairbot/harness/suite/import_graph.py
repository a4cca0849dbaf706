"""Which files can reach a changed file by importing it, directly or through others: read from the source, never run."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from repairbot.source.files import Missing, ModuleFile, Unparsed
from repairbot.source.snapshot import Snapshot

SECONDS = 20.0
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")


def reaching(snapshot: Snapshot, changed: Iterable[str], seconds: float = SECONDS) -> frozenset[str] | None:
    """The changed files and all that lead to them; None when there was not the time to tell.

    A conftest that leads to them counts for everything beside and below it.
    """
    until = time.monotonic() + seconds
    reached, fresh = set(changed), set(changed)
    imports: dict[str, frozenset[str]] = {}
    while fresh:
        holders = snapshot.containing_any(sorted({_word(path) for path in fresh}))
        candidates = {path for paths in holders.values() for path in paths} - reached
        for path in candidates:
            if path not in imports:
                if time.monotonic() > until:
                    return None
                imports[path] = frozenset(_imported(snapshot, path))
        fresh = {path for path in candidates if imports[path] & reached}
        fresh |= _below_conftests(snapshot, fresh) - reached
        reached |= fresh
    return frozenset(reached)


def _word(path: str) -> bytes:
    """What a file that imports this one must contain."""
    pure = PurePosixPath(path)
    return (pure.parent.name if pure.name == "__init__.py" else pure.stem).encode()


def _below_conftests(snapshot: Snapshot, fresh: Iterable[str]) -> set[str]:
    folders = tuple(path.removesuffix("conftest.py") for path in fresh if PurePosixPath(path).name == "conftest.py")
    return {path for path in snapshot.paths if path.startswith(folders)} if folders else set()


def _imported(snapshot: Snapshot, path: str) -> Iterator[str]:
    """The target's files that a file imports, the packages on the way included, or names in a string."""
    file = snapshot.file(path)
    try:
        tree = snapshot.parsed(file).tree
    except Unparsed:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield from _packages(snapshot, alias.name, file)
            case ast.ImportFrom():
                yield from _from_import(snapshot, node, file)
            case ast.Constant(value=str(text)) if _DOTTED.match(text.split(":", maxsplit=1)[0]):
                yield from _packages(snapshot, text.split(":", maxsplit=1)[0], file)


def _packages(snapshot: Snapshot, dotted: str, importer: ModuleFile) -> Iterator[str]:
    parts = dotted.split(".")
    for count in range(1, len(parts) + 1):
        found = snapshot.find(".".join(parts[:count]), importer)
        if isinstance(found, ModuleFile):
            yield found.path


def _from_import(snapshot: Snapshot, node: ast.ImportFrom, importer: ModuleFile) -> Iterator[str]:
    start: ModuleFile | Missing
    if node.level:
        start = snapshot.parent(importer, node.level)
        for part in node.module.split(".") if node.module else ():
            if isinstance(start, ModuleFile):
                yield start.path
                start = snapshot.submodule(start, part)
    else:
        yield from _packages(snapshot, node.module or "", importer)
        start = snapshot.find(node.module or "", importer)
    if isinstance(start, ModuleFile):
        yield start.path
        for alias in node.names:
            inner = snapshot.submodule(start, alias.name)
            if isinstance(inner, ModuleFile):
                yield inner.path
