from __future__ import annotations

import re
import subprocess
import sys

import pytest

from repairbot.scan.prefilter import Need, candidates, candidates_of
from repairbot.source.snapshot import Snapshot
from tests.source.conftest import Snap, Write

ASYNC_FOR = re.compile(rb"\basync[\s\\]+for\b")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async for x in y: ...", True),
        ("[x async\tfor x in y]", True),
        ("async \\\n  for x in y: ...", True),
        ("async\x0cfor x in y: ...", True),
        ("async def f(): ...", False),
        ("async_for = 1", False),
        ("async forward", False),
        ("for x in y: ...", False),
    ],
)
def test_only_files_that_may_hold_the_construct_are_candidates(snap: Snap, source: str, *, expected: bool) -> None:
    assert candidates(snap({"x.py": source}), [b"async"], ASYNC_FOR) == (["x.py"] if expected else [])


def test_all_words_are_needed(snap: Snap) -> None:
    snapshot = snap({"one.py": "async for", "both.py": "async for # word"})
    assert candidates(snapshot, [b"async", b"word"], ASYNC_FOR) == ["both.py"]


def test_only_chosen_files_are_candidates(write: Write) -> None:
    root = write({".git/x": "", "a/x.py": "async for", "b/y.py": "async for"})
    assert candidates(Snapshot.of([root / "a"]), [b"async"], ASYNC_FOR) == ["a/x.py"]


def test_several_needs_are_answered_in_their_order(snap: Snap) -> None:
    snapshot = snap({"for.py": "async for", "with.py": "async with", "both.py": "async for async with"})
    needs = [Need((b"async",), re.compile(rb"\basync\s+with\b")), Need((b"async",), ASYNC_FOR)]
    assert candidates_of(snapshot, needs) == [["both.py", "with.py"], ["both.py", "for.py"]]


def test_the_flags_of_a_pattern_count(snap: Snap) -> None:
    assert candidates(snap({"x.py": "ASYNC FOR"}), [], re.compile(ASYNC_FOR.pattern, re.IGNORECASE)) == ["x.py"]


def test_a_file_that_vanished_since_the_walk_stays_a_candidate(snap: Snap) -> None:
    snapshot = snap({"x.py": ""})
    (snapshot.root / "x.py").unlink()
    assert candidates(snapshot, [b"async"], ASYNC_FOR) == ["x.py"]


def test_an_overlay_is_searched_as_changed(snap: Snap) -> None:
    snapshot = snap({"a.py": "async for", "b.py": ""}).overlay({"a.py": b"", "b.py": b"async for"})
    assert candidates(snapshot, [b"async"], ASYNC_FOR) == ["b.py"]


def test_a_search_without_hits_imports_nothing_heavy(write: Write) -> None:
    root = write({"x.py": "", "pyproject.toml": "[tool.setuptools]"})
    script = (
        "import re, sys, pathlib\n"
        "from repairbot.scan.prefilter import candidates\n"
        "from repairbot.source.snapshot import Snapshot\n"
        f"candidates(Snapshot.of([pathlib.Path({str(root)!r})]), [b'async'], re.compile(b'async'))\n"
        "heavy = {'libcst', 'rich', 'git', 'github', 'jinja2', 'pathspec', 'tomllib', 'typeshed_client', 'asyncio'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_pass_over_the_files_also_tells_who_holds_the_words(write: Write) -> None:
    root = write({".git/x": "", "a/x.py": "async word", "b/y.py": "async", "b/z.py": "word"})
    snapshot = Snapshot.of([root / "a"])
    candidates(snapshot, [b"async"], ASYNC_FOR)
    for path in snapshot.paths:
        (root / path).unlink()
    assert snapshot.containing(b"async") == ("a/x.py", "b/y.py")
