"""One sandbox, one environment with pytest and one bench a test: real runs, without the network."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from repairbot.harness import leftovers
from repairbot.harness.environment.declared import Recipe
from repairbot.harness.environment.detect import detect
from repairbot.harness.environment.environment import Environment
from repairbot.harness.environment.fallbacks import Rung
from repairbot.harness.environment.installer import Supplies, located_uv
from repairbot.harness.environment.provision import Wishes, provision
from repairbot.harness.environment.pythons import Interpreter, PythonChoice, present
from repairbot.harness.sandbox.probe import probe
from repairbot.harness.sandbox.sandbox import Sandbox
from repairbot.harness.session import Bench, Patience, Side

Files = Mapping[str, str]

# A build backend without requirements: an editable install is a path file.
BACKEND = """
import os, zipfile
def _wheel(folder, name, extra):
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(os.path.join(folder, f"{name}-1.0-py3-none-any.whl"), "w") as wheel:
        wheel.writestr(f"{name}.pth", os.getcwd() + "\\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n" + extra)
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return f"{name}-1.0-py3-none-any.whl"
def build_wheel(folder, config_settings=None, metadata_directory=None):
    return _wheel(folder, "sample", "Provides-Extra: test\\nRequires-Dist: pytest; extra == 'test'\\n")
build_editable = build_wheel
"""
BUILD_SYSTEM = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def write(root: Path, files: Files) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def copying(sides: Mapping[Side, Path], scratch: Path) -> Callable[[Side], AbstractContextManager[Path]]:
    """Pristine copies of fixed folders, removed after use."""
    count = iter(range(1_000_000))

    @contextmanager
    def trees(side: Side) -> Iterator[Path]:
        place = scratch / f"{side}-{next(count)}"
        shutil.copytree(sides[side], place, symlinks=True)
        try:
            yield place
        finally:
            leftovers.remove(place)

    return trees


@pytest.fixture(scope="session")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    for name in ("sandbox", "cache", "environments", "runs", "trees"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="session")
def sandbox(private: Path) -> Sandbox:
    return Sandbox(probe(), private / "sandbox")


@pytest.fixture(scope="session")
def interpreter() -> Interpreter:
    """The Python that runs these tests."""
    return next(one for one in present(os.environ, Path("/nonexistent")) if one.version[:2] == sys.version_info[:2])


@pytest.fixture(scope="session")
def wheels(private: Path) -> Path:
    """pytest and what it needs as wheels, packed again from where they are installed."""
    folder = private / "cache" / "wheels"
    folder.mkdir()
    for name in ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "pytest-xdist", "execnet"):
        pack(name, folder)
    return folder


def pack(name: str, folder: Path) -> None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    packed = folder / f"{name.replace('-', '_')}-{found.version}-py3-none-any.whl"
    with zipfile.ZipFile(packed, "w") as wheel:
        for file in found.files or ():
            path = Path(str(found.locate_file(file)))
            if ".." not in file.parts and "__pycache__" not in file.parts and path.is_file():
                wheel.write(path, file.as_posix())


def made_wheel(folder: Path, name: str, files: Files, entry_points: str = "") -> None:
    """A wheel of our own making, version 1.0."""
    bare = name.replace("-", "_")
    info = f"{bare}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{bare}-1.0-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/entry_points.txt", entry_points)
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture(scope="session")
def supplies(private: Path, sandbox: Sandbox, wheels: Path) -> Supplies:
    """uv where it is installed, else pip; packages come from `wheels` alone."""
    inner = sandbox.at("cache", wheels.name)
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": inner, "UV_OFFLINE": "1", "UV_FIND_LINKS": inner}
    return Supplies(located_uv(os.environ, Path("/nonexistent")), offline, private / "cache")


@pytest.fixture(scope="session")
def environment(
    private: Path, sandbox: Sandbox, interpreter: Interpreter, supplies: Supplies, wheels: Path
) -> Environment:
    """pytest and nothing else, for a project that is not installed."""
    tree = write(private / "minimal", {"test_minimal.py": "def test_one(): pass\n"})
    bench = Bench(sandbox, copying({Side.BEFORE: tree}, private / "trees"), private / "runs")
    rung = Rung(Recipe("pytest alone", "", editable=False, import_roots=("",)), PythonChoice(interpreter, "the only"))
    found = provision(bench, detect(tree), [rung], supplies, Wishes(), private / "environments")
    assert isinstance(found, Environment), found
    return found


@pytest.fixture(scope="session")
def bench_for(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Bench]:
    """A bench for a target given as its files; `after` are those that the change replaces."""

    def make(before: Files, after: Files | None = None, patience: Patience | None = None) -> Bench:
        place = tmp_path_factory.mktemp("target")
        write(place / "before", before)
        write(place / "after", {**before, **(after or {})})
        (place / "runs").mkdir()
        (place / "trees").mkdir()
        sides = {Side.BEFORE: place / "before", Side.AFTER: place / "after"}
        return Bench(sandbox, copying(sides, place / "trees"), place / "runs", patience or Patience())

    return make
