"""The hooks of .pre-commit-hooks.yaml, by the real pre-commit in a real repository."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.action.conftest import ROOT, Checkout, passed_on
from tests.cli.conftest import DB, REFUSED, SAFE
from tests.git_traps import git
from tests.test_house_layout import repository_files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("pre-commit"),
    pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"),
]

FIXED = SAFE.replace("async for session in get_session():", "async with get_session() as session:")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This tree as the repository that pre-commit clones, and a home that keeps its environment."""
    place = tmp_path_factory.mktemp("hooks") / "repairbot"
    for path in repository_files():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes((ROOT / path).read_bytes())
    git(place, "init", "--quiet")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "-m", "release")
    return place


def pre_commit(place: Path, hooks: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = hooks.parent / "home"
    home.mkdir(exist_ok=True)
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", **passed_on()}
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, timeout=600, check=False)


def configured(place: Path, hooks: Path, hook: str) -> None:
    release = git(hooks, "rev-parse", "HEAD")
    text = f"repos:\n- repo: {hooks}\n  rev: {release}\n  hooks:\n  - id: {hook}\n"
    (place / ".pre-commit-config.yaml").write_text(text)
    git(place, "add", "--all")


def test_the_fixing_hook_repairs_a_caller_in_a_file_that_is_not_staged(checkout: Checkout, hooks: Path) -> None:
    place = checkout({"db.py": DB.replace("@asynccontextmanager\n", ""), "a.py": SAFE})
    configured(place, hooks, "repairbot")
    git(place, "commit", "--quiet", "-m", "hooks")
    (place / "db.py").write_text(DB)
    git(place, "add", "db.py")
    done = pre_commit(place, hooks, "run")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert (place / "a.py").read_text() == FIXED
    git(place, "add", "--all")
    assert pre_commit(place, hooks, "run").returncode == 0


def test_the_checking_hook_reports_and_changes_nothing(checkout: Checkout, hooks: Path) -> None:
    place = checkout({"db.py": DB, "a.py": SAFE, "b.py": REFUSED})
    configured(place, hooks, "repairbot-check")
    done = pre_commit(place, hooks, "run", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a.py:5:5: RB101" in done.stdout
    assert done.stdout.count("Found 2 in 3 files") == 1  # one process for the whole project
    assert (place / "a.py").read_text() == SAFE


def test_a_change_without_python_runs_neither(checkout: Checkout, hooks: Path) -> None:
    place = checkout({"db.py": DB, "a.py": SAFE})
    configured(place, hooks, "repairbot-check")
    git(place, "commit", "--quiet", "-m", "hooks")
    (place / "notes.txt").write_text("x")
    git(place, "add", "--all")
    done = pre_commit(place, hooks, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Skipped" in done.stdout
