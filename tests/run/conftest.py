"""The real program on real repositories, its packages taken from wheels made here, without the network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from repairbot.evidence.document import EvidenceDocument
from repairbot.evidence.storing import read
from tests.git_traps import commit, start
from tests.harness.conftest import pack

Files = Mapping[str, str]

DB = """\
from contextlib import asynccontextmanager


@asynccontextmanager
async def session():
    yield 7
"""
USE = """\
from pkg.db import session


async def use():
    async for one in session():
        return one
"""
TEST = """\
import asyncio

from pkg.use import use


def test_use():
    assert asyncio.run(use()) == 7
"""
SAMPLE: Files = {
    "src/pkg/__init__.py": "",
    "src/pkg/db.py": DB,
    "src/pkg/use.py": USE,
    "tests/test_use.py": TEST,
    "tests/test_other.py": "def test_other(): pass\n",
    "conftest.py": "import sys\nsys.path.insert(0, 'src')\n",
    "pytest.ini": "[pytest]\ntestpaths = tests\n",
}


@dataclass
class Job:
    """What one call of the program left: exit code, both streams, and the proposal's folder."""

    code: int
    stdout: str
    stderr: str
    folder: Path

    @property
    def document(self) -> EvidenceDocument:
        return read(self.folder)

    @property
    def json(self) -> Any:
        return json.loads((self.folder / "evidence.json").read_text(encoding="utf-8"))


@dataclass
class Bot:
    """The program with a home, a cache and a state of its own."""

    home: Path
    wheels: Path
    extra: dict[str, str] = field(default_factory=dict)

    def environ(self, target: Path) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "TMPDIR": str(self.home / "tmp"),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "UV_OFFLINE": "1",
            "UV_FIND_LINKS": str(self.wheels),
            **self.extra,
        }

    def start(self, target: Path, *words: str) -> subprocess.Popen[str]:
        (self.home / "tmp").mkdir(exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", "repairbot", "run", *words, "--out", str(self.home / "proposal")],
            cwd=target,
            env=self.environ(target),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, target: Path, *words: str) -> Job:
        with self.start(target, *words) as process:
            try:
                stdout, stderr = process.communicate(timeout=240)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return Job(process.returncode, stdout, stderr, self.home / "proposal")


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pytest and what it needs as wheels, packed again from where they are installed."""
    folder = tmp_path_factory.mktemp("wheels")
    folder.chmod(0o755)  # for the user that target code runs as
    for name in ("pytest", "pluggy", "iniconfig", "packaging", "pygments"):
        pack(name, folder)
    return folder


@pytest.fixture
def bot(tmp_path: Path, packed: Path) -> Bot:
    (tmp_path / "home").mkdir()
    return Bot(tmp_path / "home", packed)


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., Path]:
    """A git repository with these files besides the sample's; None takes one of the sample's away."""

    def make(files: Mapping[str, str | None] | None = None) -> Path:
        place = start(tmp_path / "target")
        commit(place, {name: text for name, text in {**SAMPLE, **(files or {})}.items() if text is not None})
        return place

    return make
