"""The demo's repository, made anew for each test, and plain git to look at it with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repairbot.demo.repository import make

Git = Callable[..., str]
Repairbot = Callable[..., str]


@pytest.fixture
def clean(tmp_path: Path) -> dict[str, str]:
    """An environment with nothing of the developer's in it."""
    home = tmp_path / "home"
    home.mkdir()
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    make(tmp_path / "chat")
    return tmp_path / "chat"


@pytest.fixture
def git(repository: Path, clean: dict[str, str]) -> Git:
    def run(*words: str) -> str:
        command = ["git", "-c", "advice.detachedHead=false", *words]
        return subprocess.run(command, cwd=repository, env=clean, check=True, capture_output=True, text=True).stdout

    return run


@pytest.fixture
def repairbot(repository: Path, clean: dict[str, str]) -> Repairbot:
    """What the program prints about the repository, whatever its exit code."""

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "repairbot", *words]
        ended = subprocess.run(command, cwd=repository, env=clean, check=False, capture_output=True, text=True)
        assert ended.returncode in {0, 1}, ended.stderr
        return ended.stdout

    return run


@pytest.fixture
def scan(repairbot: Repairbot) -> Callable[[], Any]:
    return lambda: json.loads(repairbot("scan", "--format", "json"))
