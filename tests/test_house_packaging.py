"""The wheel, built through the sdist and installed in an environment of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOT_SOURCE = shutil.ignore_patterns(".[!g]*", ".git", ".github", "*.egg-info", "__pycache__", "build", "dist")
NOT_SHIPPED = "repairbot/stubs/generate/"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


def run(*command: str | Path, cwd: Path) -> str:
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packaging")
    shutil.copytree(ROOT, folder / "source", ignore=NOT_SOURCE)
    run(sys.executable, "-m", "build", "--outdir", folder / "dist", folder / "source", cwd=folder)
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """What the wheel puts into site-packages."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_tools_of_the_checkout_stay_out(names: set[str]) -> None:
    assert {name for name in names if name.startswith(NOT_SHIPPED)} == set()


def shipped(folder: str, pattern: str, *, inside: str) -> set[str]:
    """Files of the checkout, as the wheel should name them."""
    files = [path for path in (ROOT / folder).glob(pattern) if path.is_file()]
    names = {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files}
    return {name for name in names if not name.startswith(NOT_SHIPPED)}


def test_the_wheel_puts_nothing_beside_the_package(names: set[str]) -> None:
    assert {name.partition("/")[0] for name in names} == {"repairbot"}


@pytest.mark.parametrize(
    ("folder", "pattern", "inside"),
    [
        ("repairbot", "**/*.py", "repairbot"),
        ("repairbot", "py.typed", "repairbot"),
        ("repairbot/schemas", "*.json", "repairbot/schemas"),
        ("repairbot/stubs", "**/*.pyi", "repairbot/stubs"),
        ("repairbot/demo/history", "*.patch", "repairbot/demo/history"),
        ("repairbot/demo/target", "*.*", "repairbot/demo/target"),
        ("rules", "*.py", "repairbot/rules"),
        ("rules", "*.md", "repairbot/rules"),
        ("templates", "*.py", "repairbot/templates"),
    ],
)
def test_the_wheel_holds_every_file_of_a_kind(names: set[str], folder: str, pattern: str, inside: str) -> None:
    expected = shipped(folder, pattern, inside=inside)
    assert expected
    assert expected - names == set()


def test_the_installed_program_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "environment", cwd=tmp_path)
    bin_folder = tmp_path / "environment/bin"
    run(bin_folder / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    version = wheel.name.split("-")[1]
    assert run(bin_folder / "repairbot", "--version", cwd=tmp_path) == f"repairbot {version}\n"
    assert "RB101" in run(bin_folder / "repairbot", "rules", cwd=tmp_path)
    assert "RB101" in run(bin_folder / "python", "-m", "repairbot", "explain", "RB101", cwd=tmp_path)
    (tmp_path / "broken.py").write_text(
        "from contextlib import asynccontextmanager\n\n\n@asynccontextmanager\nasync def opened():\n    yield 1\n\n\n"
        "async def use():\n    async for one in opened():\n        print(one)\n",
        encoding="utf-8",
    )
    assert "+    async with opened() as one:" in fix(bin_folder / "repairbot", tmp_path)


def fix(program: Path, folder: Path) -> str:
    ended = subprocess.run([program, "fix", "broken.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return ended.stdout
