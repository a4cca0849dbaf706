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
from tests.stubs.reading_stubs import follow, lineage, modules, protocol

STUBS = Path(repairbot.stubs.__path__[0])
# Classes that functions give, whose objects may be of a class that can be iterated as well, with the reason for ours.
GIVEN_AS_LESS = {
    "anyio.abc._streams.ByteSendStream": "the standard input of a process, from which nothing is read",
    "anyio.abc._streams.ObjectSendStream": "the half of a pair that sends; where both are one it is called a stream",
    "trio._abc.SendStream": "the standard input of a process, from which nothing is read",
}
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


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_entered_and_not_iterated_has_no_subclass_that_is_iterated(package: str) -> None:
    known = {
        (name, defined): protocol(name, defined)
        for name, module in modules(package).items()
        for defined, nodes in module.definitions.items()
        if isinstance(nodes[0], ast.ClassDef)
    }
    entered = {cls for cls in _given(package) & known.keys() if "__aenter__" in known[cls]}
    surprising = {
        ".".join(cls)
        for cls in entered
        for other in known
        if "__aiter__" in known[other] - known[cls] and cls in lineage(*other)
    }
    assert surprising <= GIVEN_AS_LESS.keys()


def _given(package: str) -> set[tuple[str, str]]:
    """The classes that annotations of results and attributes name."""
    return {
        follow(*module.imports.get(name.id, (module.name, name.id)))
        for module in modules(package).values()
        for node in ast.walk(module.tree)
        for annotation in (getattr(node, "returns", None), getattr(node, "annotation", None))
        if annotation is not None
        for name in ast.walk(annotation)
        if isinstance(name, ast.Name)
    }
