"""What is loaded when nothing needs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"libcst", "github", "git", "rich", "jinja2", "typeshed_client", "typing_extensions", "asyncio", "requests"}
CLEAN = "async def twice(numbers):\n    async for number in numbers:\n        yield 2 * number\n"


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The top-level packages that one run of the program imports."""
    command = [sys.executable, "-X", "importtime", "-m", "repairbot", *arguments]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    names = re.findall(r"^import time:[^|]*\|[^|]*\| +(\S+)", ended.stderr, re.MULTILINE)
    assert "repairbot.cli" in names
    return {name.partition(".")[0] for name in names}


def test_a_scan_of_an_empty_folder_loads_no_heavy_library(tmp_path: Path) -> None:
    assert loaded(tmp_path, "scan") & HEAVY == set()


def test_a_scan_that_finds_nothing_loads_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "clean.py").write_text(CLEAN, encoding="utf-8")
    assert loaded(tmp_path, "scan") & HEAVY == set()


@pytest.mark.parametrize("argument", ["--version", "rules", "--help"])
def test_a_question_about_the_program_loads_no_heavy_library(argument: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, argument) & HEAVY == set()
