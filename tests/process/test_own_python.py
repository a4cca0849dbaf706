from __future__ import annotations

import os
import re
import site
import subprocess
from pathlib import Path

import pytest

from repairbot.process import own_python
from repairbot.process.own_python import module_command, program_command
from tests.hostile_modules import plant

PACKAGE = Path(own_python.__file__).parents[1]


@pytest.fixture
def stolen(tmp_path: Path) -> Path:
    plant(tmp_path / "target", tmp_path / "STOLEN")
    return tmp_path / "STOLEN"


def ended(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "GITHUB_TOKEN": "s3cr3t", "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_a_module_of_ours_is_not_taken_from_the_folder_it_starts_in(tmp_path: Path, stolen: Path) -> None:
    done = ended(module_command("repairbot", "publish", "missing"), tmp_path / "target")
    assert done.returncode == 2
    assert "missing" in done.stderr
    assert not stolen.exists()


def test_a_program_of_ours_imports_nothing_from_the_folder_it_starts_in(tmp_path: Path, stolen: Path) -> None:
    (tmp_path / "program.py").write_text("import json\nprint(json.dumps(1))\n")
    done = ended(program_command(str(tmp_path / "program.py")), tmp_path / "target")
    assert (done.returncode, done.stdout) == (0, "1\n")
    assert not stolen.exists()


def test_an_installation_in_the_users_own_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(site, "getusersitepackages", lambda: str(PACKAGE.parent))
    assert module_command("x")[1:] == ["-E", "-P", "-m", "x"]
    monkeypatch.setattr(site, "getusersitepackages", lambda: str(tmp_path))
    assert module_command("x")[1:] == ["-I", "-m", "x"]


def test_no_other_module_builds_a_command_of_our_own_python() -> None:
    """Two places ask where our Python lies, to find what is installed beside it, and start nothing."""
    asked = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if not path.is_relative_to(PACKAGE / "stubs") and re.search(r"sys\.executable", path.read_text("utf-8"))
    }
    assert asked == {"process/own_python.py", "harness/environment/installer.py", "harness/sandbox/probe.py"}
