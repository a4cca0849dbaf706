"""The shipped stubs as files: they parse, they say what they were read from, and their imports lead somewhere."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

import repairbot.stubs
from repairbot.model import Origin
from repairbot.source.files import Missing, ModuleFile
from repairbot.source.snapshot import Snapshot

STUBS = Path(repairbot.stubs.__path__[0])
FILES = sorted(STUBS.rglob("*.pyi"))
PACKAGES = sorted({path.relative_to(STUBS).parts[0] for path in FILES})


def test_the_promised_packages_are_there() -> None:
    promised = (
        "httpx aiohttp sqlalchemy asyncpg anyio trio aiofiles aiosqlite redis websockets psycopg psycopg_pool "
        "pydantic_ai mcp anthropic openai tenacity fastapi starlette"
    )
    assert set(promised.split()) <= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_parses_and_says_which_releases_it_was_read_from(package: str) -> None:
    assert (STUBS / package / "__init__.pyi").is_file()
    for path in (STUBS / package).rglob("*.pyi"):
        ast.parse(path.read_text(encoding="utf-8"), str(path))
    stated = list((STUBS / package).glob("*.toml"))
    assert len(stated) == 1
    assert "version" in stated[0].read_text(encoding="utf-8")
    tomllib.loads(stated[0].read_text(encoding="utf-8"))


@pytest.mark.parametrize("package", PACKAGES)
def test_relative_imports_lead_to_shipped_modules(package: str, tmp_path: Path) -> None:
    snapshot = Snapshot.of([tmp_path])
    for path in (STUBS / package).rglob("*.pyi"):
        shown = path.relative_to(STUBS).as_posix()
        file = ModuleFile(shown, Origin.STUB, shown, shown.endswith("__init__.pyi"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                found: ModuleFile | Missing = snapshot.parent(file, node.level)
                for part in (node.module or "").split("."):
                    if part and isinstance(found, ModuleFile):
                        found = snapshot.submodule(found, part)
                assert isinstance(found, ModuleFile), f"{shown}:{node.lineno}"
