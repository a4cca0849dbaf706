"""Small targets on disk: files in, what repairbot says of them out."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

from repairbot.evidence.impact import Impact, Reach, Severity
from repairbot.evidence.impact_of import assess
from repairbot.model import Finding
from repairbot.pipeline import derived
from repairbot.repair.inquiry import Inquiry
from repairbot.rules.registry import all_rules
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


def found(root: Path) -> tuple[Inquiry, tuple[Finding, ...]]:
    snapshot = Snapshot.of([root])
    return Inquiry(snapshot), derived(snapshot, all_rules(), 1).findings


def impacts(root: Path, files: Mapping[str, str], seconds: float = 60.0) -> dict[str, Impact]:
    """The impact of every finding by `path:line`."""
    inquiry, findings = found(written(root, files))
    known = assess(inquiry, findings, None, None, seconds=seconds)
    return {f"{one.path}:{one.region.line}": known[one.fingerprint] for one in findings}


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
