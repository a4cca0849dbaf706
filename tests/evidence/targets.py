"""Small targets on disk: files in, what repairbot says of them out."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping
from pathlib import Path

from repairbot.evidence.impact import Impact, Reach, Severity
from repairbot.impact.impact_of import assess
from repairbot.model import Disposition, Finding, Region
from repairbot.protocols.nodes import clause_region
from repairbot.scan.queries import Inquiry
from repairbot.source.snapshot import Snapshot

# `broken` fails whenever it runs: it iterates over an asynchronous context manager.
CORE = """
from contextlib import asynccontextmanager


@asynccontextmanager
async def get_session():
    yield 1


async def broken():
    async for session in get_session():
        print(session)
"""


def written(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def marked(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Every `async for` over `get_session()`, as a scan would report it but without its answers."""
    return tuple(
        _finding(snapshot, path, node)
        for path in snapshot.containing(b"async for")
        for node in ast.walk(snapshot.parsed(snapshot.file(path)).tree)
        if isinstance(node, ast.AsyncFor | ast.comprehension) and ast.unparse(node.iter).endswith("get_session()")
    )


def _finding(snapshot: Snapshot, path: str, node: ast.AsyncFor | ast.comprehension) -> Finding:
    parsed = snapshot.parsed(snapshot.file(path))
    if isinstance(node, ast.comprehension):
        region = clause_region(parsed, node)
    else:
        start, end = parsed.region(node), parsed.region(node.iter)
        region = Region(start.line, start.column, end.end_line, end.end_column)
    name = f"{path}:{region.line}"
    return Finding("RB101", path, region, "", "get_session()", Disposition.FIX, None, None, name, None, (), ())


def impacts(root: Path, files: Mapping[str, str], seconds: float = 60.0) -> dict[str, Impact]:
    """The impact of every finding by `path:line`."""
    snapshot = Snapshot.of([written(root, files)])
    return assess(Inquiry(snapshot), marked(snapshot), None, None, seconds=seconds)


def impact(root: Path, files: Mapping[str, str]) -> Impact:
    (only,) = impacts(root, files).values()
    return only


def reach(root: Path, files: Mapping[str, str]) -> Reach:
    """Who reaches `broken` of CORE."""
    known = impact(root, {"core.py": CORE, **files}).reach
    assert known is not None
    return known


def severity(root: Path, files: Mapping[str, str]) -> Severity:
    known = impact(root, files).severity
    assert known is not None
    return known
