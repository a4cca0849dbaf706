"""Small targets whose last `async for` line is judged: `fault`, `fine` or `doubt`."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from repairbot.rule import Doubt, Fault, Fine, Verdict
from repairbot.rules.registry import all_rules
from repairbot.scan.judge import every_name, screen_file
from repairbot.scan.queries import Inquiry
from repairbot.source.snapshot import Snapshot

DB = """
from contextlib import asynccontextmanager

@asynccontextmanager
async def session():
    yield object()

async def rows():
    yield 1
"""

WORDS = {Fault: "fault", Fine: "fine", Doubt: "doubt"}


def files(text: str) -> dict[str, str]:
    """`# name.py` lines part a text into files; what stands before the first is `main.py`; `db.py` is always there."""
    found: dict[str, list[str]] = {"main.py": []}
    path = "main.py"
    for line in dedent(text).splitlines():
        if line.startswith("# ") and line.endswith(".py"):
            path = line.removeprefix("# ")
        found.setdefault(path, []).append(line)
    return {"db.py": DB, **{name: "\n".join(lines) + "\n" for name, lines in found.items() if any(lines)}}


def verdict(root: Path, text: str) -> Verdict:
    """The verdict on the last `async for` of `main.py`, the deepest of that name."""
    for path, content in files(text).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    snapshot = Snapshot.of([root])
    asked = max((path for path in snapshot.paths if path.endswith("main.py")), key=len)
    rules = [rule for rule in all_rules() if rule.code == "RB101"]
    screen = screen_file(Inquiry(snapshot), every_name(asked, rules), rules)
    assert screen.crash is None, screen.crash
    assert screen.skipped is None, screen.skipped
    return max(screen.judged, key=lambda one: one.site.region).verdict


def word(root: Path, text: str) -> str:
    return WORDS[type(verdict(root, text))]
