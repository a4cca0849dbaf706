"""The real program in a process of its own, on real directories, with nothing of the caller's environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DB = """\
from contextlib import asynccontextmanager


@asynccontextmanager
async def get_session():
    yield 1
"""
SAFE = """\
from db import get_session


async def handler():
    async for session in get_session():
        print(session)
"""
REFUSED = """\
from db import get_session


async def handler(ready):
    async for session in get_session():
        while True:
            if ready(session):
                break
        if session:
            break
        print(session)
    else:
        print("never")
"""
EXPECTED = """\
import pytest

from db import get_session


async def test_it_fails():
    with pytest.raises(TypeError):
        async for session in get_session():
            print(session)
"""
UNDECIDED = """\
async def handler(source):
    async for item in source:
        print(item)
"""
UNSAFE = """\
from contextlib import asynccontextmanager

from fastapi import Depends


@asynccontextmanager
async def get_user():
    yield 1


async def route(user=Depends(get_user)):
    async for other in get_user():
        print(user, other)
"""
BROKEN = "async def broken(:\n    async for x in y:\n"
FINE = """\
async def numbers():
    yield 1


async def handler():
    async for number in numbers():
        print(number)
"""


@dataclass(frozen=True)
class Ran:
    """What one run of the program left behind."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def said(self) -> str:
        return self.err.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]
Tree = Callable[[Mapping[str, str | bytes]], Path]


def scrubbed(home: Path, **more: str) -> dict[str, str]:
    """An environment with nothing in it that could change what the program does."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", **more}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Writes a target: paths and what they hold."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "target"
        root.mkdir(exist_ok=True)
        (root / "pyproject.toml").touch()  # so that this directory is the root
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the program in a directory and waits for it."""

    def run_it(*arguments: str | Path, cwd: Path, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "repairbot", *map(str, arguments)],
            cwd=cwd,
            env=scrubbed(tmp_path, **environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run_it
