"""The command as a user starts it. It installs the target's packages: from the network, or from what is kept of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_house_readme import as_in_readme, block

Ended = subprocess.CompletedProcess[str]
Demo = Callable[..., Ended]


@pytest.fixture
def demo(clean: dict[str, str], tmp_path: Path) -> Demo:
    """Runs the command with a temporary folder of its own."""
    (tmp_path / "temporary").mkdir()

    def run(*words: str, **environ: str) -> Ended:
        own = {name: value for name, value in os.environ.items() if name.startswith(("PIP_INDEX", "UV_", "SSL_"))}
        env = {**own, **clean, "TMPDIR": str(tmp_path / "temporary"), **environ}
        command = [sys.executable, "-m", "repairbot", "demo", *words]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    return run


@pytest.mark.slow
def test_every_promise_holds_and_the_page_shows_it(demo: Demo, tmp_path: Path) -> None:
    ended = demo()
    if "The tests could not be run" in ended.stdout:
        pytest.skip("the packages that the target needs cannot be had here")
    assert (ended.returncode, "NOT HELD" in ended.stdout) == (0, False), ended.stdout + ended.stderr
    assert as_in_readme(ended.stdout) == block("demo")
    assert re.search(r"^(\d+) of \1 promises held in \d+ s\.$", ended.stdout, re.MULTILINE)
    places = re.findall(rf"^  \S+ +({re.escape(str(tmp_path))}\S+)$", ended.stdout, re.MULTILINE)
    assert len(places) == 6
    assert all(Path(place).exists() for place in places)


@pytest.mark.slow
def test_without_a_network_it_says_what_is_missing_and_shows_the_rest(demo: Demo) -> None:
    nowhere = "http://127.0.0.1:9"
    ended = demo("-q", HTTPS_PROXY=nowhere, HTTP_PROXY=nowhere, ALL_PROXY=nowhere, UV_HTTP_RETRIES="0", PIP_RETRIES="0")
    assert ended.returncode == 1
    assert ended.stdout.count("NOT HELD") == 4
    assert "\nThe tests could not be run: " in ended.stdout
    assert "\nThey need aiosqlite" in ended.stdout


def test_without_git_it_says_so_and_leaves_nothing(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    ended = demo(PATH=str(tmp_path / "bin"))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "the demo needs git" in ended.stderr
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_path_is_not_taken(demo: Demo) -> None:
    ended = demo("somewhere")
    assert ended.returncode == 2
    assert "somewhere" in ended.stderr
