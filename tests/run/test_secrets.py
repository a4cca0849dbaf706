"""What the user's settings of downloads hold is looked for in everything that a job shows and leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.run.conftest import Bot

SECRET = "FAKESECRETvalue"
# Each is refused where it is handed on: a build prints what it is given, and so do the tests.
SETTINGS = {
    "HTTPS_PROXY": f"user:{SECRET}@127.0.0.1:1",
    "UV_INDEX_URL": f"https://127.0.0.1:1/{SECRET}/simple",
    "PIP_INDEX_URL": f"https://127.0.0.1:1/?token={SECRET}",
    "UV_EXTRA_INDEX_URL": f"https://{SECRET}@127.0.0.1:1/simple",
    "UV_INDEX_CORP_PASSWORD": SECRET,
}
BACKEND = """
import os, sys
raise SystemExit(f"SEEN {dict(os.environ)}")
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "pkg"
version = "1.0"
"""
SPY = 'import os\ndef test_other():\n    assert not os.environ, f"SEEN {dict(os.environ)}"\n'


def test_no_credential_of_a_setting_is_shown_or_left_anywhere(
    bot: Bot, repository: Callable[..., Path], tmp_path: Path
) -> None:
    bot.extra = SETTINGS
    files = {"pyproject.toml": PROJECT, "backend.py": BACKEND, "tests/test_other.py": SPY}
    job = bot.run(repository(files), "-v")
    assert job.code == 1, job.stderr
    everything = job.stdout + job.stderr
    for folder in (job.folder, bot.home / "cache", bot.home / "tmp"):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                everything += path.read_bytes().decode("utf-8", "replace")
    assert "SEEN" in everything
    assert SECRET not in everything
    said = "HTTPS_PROXY"
    assert any(note.startswith("PIP_INDEX_URL, UV_INDEX_URL, UV_EXTRA_INDEX_URL, ") for note in job.document.notes)
    assert any(said in note and "are not used to install packages" in note for note in job.document.notes)
    assert "are not used to install packages" in job.stderr


def test_nothing_that_a_build_downloaded_or_planted_is_kept_between_jobs(
    bot: Bot, repository: Callable[..., Path]
) -> None:
    plant = BACKEND.replace("raise SystemExit", "\nopen('/box/cache/PLANTED', 'w').close()\nraise SystemExit")
    job = bot.run(repository({"pyproject.toml": PROJECT, "backend.py": plant}), "-v")
    assert job.code == 1, job.stderr
    assert job.document.runs.isolation is not None
    assert not list((bot.home / "cache").rglob("PLANTED"))
    (target,) = (bot.home / "cache" / "repairbot").iterdir()
    assert {path.name for path in target.iterdir()} == {"environments"}
