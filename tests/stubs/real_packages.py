"""The stubs against the packages they describe: every class, function and member, in every release read.

Not part of the test line, as it installs packages: `pip install -e .` brings uv, then
`pytest tests/stubs/real_packages.py` takes all releases, and `-m "not thorough"` the newest of each package only.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from repairbot.stubs.generate.pins import read_pins
from tests.stubs.reading_stubs import (
    PACKAGES,
    STUBS,
    Definition,
    class_node,
    defined,
    follow,
    modules,
    partial_protocol,
    protocol,
)

# What a release does not install by itself but some of its public modules need; by distribution or by release.
ALONGSIDE = {
    "anyio": ["trio", "pytest"],
    "httpx2": ["wsproto"],
    "httpx_sse": ["httpx"],
    "fastapi": ["httpx", "python-multipart", "jinja2", "itsdangerous"],
    "mcp": ["websockets"],
    "mcp==1.2.1": ["pydantic<2.11"],
    "mcp==1.9.4": ["pydantic<2.11"],
    "openai": ["numpy", "sounddevice"],
    "psycopg": ["psycopg-binary", "psycopg-pool"],
    "psycopg_pool": ["psycopg[binary]"],
    "pydantic_ai_slim": ["anthropic", "openai", "tenacity"],
    "pydantic_ai_slim==0.8.1": ["mcp<2", "opentelemetry-api<1.38", "pydantic<2.12"],
    "pydantic_ai_slim==1.0.18": ["mcp<2", "opentelemetry-api<1.38", "pydantic<2.12"],
    "pydantic_ai_slim==1.107.10": ["mcp<2"],
    "pydantic_ai_slim==2.68.0": ["fastmcp-slim[client]", "httpx", "websockets"],
    "redis": ["pybreaker"],
    "sqlalchemy": ["greenlet"],
    "starlette": ["opentelemetry-api", "httpx", "python-multipart", "jinja2", "itsdangerous"],
    "tenacity": ["tornado"],
    "websockets": ["trio", "werkzeug"],
}
# Modules that need more than that.
OPTIONAL = ("pydantic_ai.embeddings.", "pydantic_ai.models.", "pydantic_ai.realtime.", "pydantic_ai.toolsets.fastmcp")

# Where the stub says what a name amounts to rather than what it is, with the reason.
STANDS_FOR_ANOTHER = {
    "anyio._core._streams.create_memory_object_stream": "a class whose __new__ gives a pair",
    "sqlalchemy.engine.result.TupleResult": "for type checkers; at run time the result itself is given",
    "sqlalchemy.ext.asyncio.result.AsyncTupleResult": "for type checkers; at run time the result itself is given",
    "trio._channel.open_memory_channel": "a function at first, later a class that makes a pair",
    "trio._timeouts.fail_after": "up to 0.26 a function that forwards to a context manager",
    "websockets.asyncio.server.serve": "a class up to 16; what a call gives is used alike",
    "websockets.serve": "as in websockets.asyncio.server",
}

# Of which mypy can tell nothing, because they have no annotations where it matters.
UNTYPED = ("aiofiles",)
FACT = re.compile(r"async for _ in (.*): \.\.\.  # (\w+)$")
ASYNC = {"__aiter__", "__anext__", "__aenter__", "__aexit__", "__await__"}


def pinned() -> Iterator[ParameterSet]:
    for package in PACKAGES:
        metadata = tomllib.loads((STUBS / package / "METADATA.toml").read_text())
        *older, newest = metadata["versions_read"]
        yield pytest.param(package, metadata["distribution"], newest, id=f"{package}-{newest}")
        for version in older:
            yield pytest.param(
                package, metadata["distribution"], version, id=f"{package}-{version}", marks=pytest.mark.thorough
            )


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("environments")


def install(folder: Path, distribution: str, version: str) -> Path:
    """The Python of a new environment that has one release."""
    target = folder / f"{distribution}-{version}"
    run([sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, str(target)])
    python = target / "bin/python"
    release = f"{distribution}=={version}"
    wanted = [release, *ALONGSIDE.get(distribution, []), *ALONGSIDE.get(release, [])]
    run([sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python), *wanted])
    return python


def run(command: list[str], text: str = "") -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def observed(python: Path, package: str) -> dict[str, Any]:
    """What the probe says of every name in the stubs of a package."""
    wanted: dict[str, dict[str, object]] = {}
    for name, module in modules(package).items():
        own = {n: {"members": _members(nodes), "source": None} for n, nodes in module.definitions.items()}
        offered = {n: {"members": [], "source": source} for n, source in module.offered.items()}
        wanted[name] = {**{n: d for n, d in offered.items() if d["source"][0].startswith(package)}, **own}
        wanted[name].pop("__getattr__", None)
    output = run([str(python), str(Path(__file__).parent / "probe.py")], json.dumps(wanted))
    answer: dict[str, Any] = json.loads(output.rpartition("ANSWER")[2])
    return answer


def _members(nodes: list[Definition]) -> list[str]:
    return [name for node in nodes if isinstance(node, ast.ClassDef) for name in defined(node.body)]


@pytest.mark.parametrize(("package", "distribution", "version"), list(pinned()))
def test_a_release_is_what_its_stub_says(environments: Path, package: str, distribution: str, version: str) -> None:
    answer = observed(install(environments, distribution, version), package)
    mistakes = [mistake for name, found in answer.items() for mistake in _mistakes(name, found, version)]
    assert mistakes == []
    unreadable = {name: found["error"] for name, found in answer.items() if "error" in found}
    assert {name: error for name, error in unreadable.items() if not name.startswith(OPTIONAL)} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("package", PACKAGES)
def test_a_type_checker_reads_no_fact_otherwise_in_the_newest_release(environments: Path, package: str) -> None:
    metadata = tomllib.loads((STUBS / package / "METADATA.toml").read_text())
    python = install(environments / "types", metadata["distribution"], metadata["versions_read"][-1])
    said, answers = _facts_by_mypy(python, environments / f"{package}-facts", package)
    decided = {line for line, answer in answers.items() if answer in ("fault", "fine")}
    assert decided or package in UNTYPED
    assert {line: answers[line] for line in decided if said[line] in ("fault", "fine")} == {
        line: said[line] for line in decided if said[line] in ("fault", "fine")
    }


def _facts_by_mypy(python: Path, folder: Path, package: str) -> tuple[dict[int, str], dict[int, str]]:
    """By line: what the facts say of each loop, and what mypy says that reads the package's own annotations."""
    said: dict[int, str] = {}
    lines = (Path(__file__).parent / "facts" / f"{package}.txt").read_text().splitlines()
    for number, line in enumerate(lines, 1):
        if found := FACT.search(line):
            said[number] = found[2]
            lines[number - 1] = f"{line[: found.start()]}async for _ in reveal_type({found[1]}): ..."
    folder.mkdir()
    (folder / "facts.py").write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "mypy", "--python-executable", str(python), "--cache-dir", str(folder / "cache")]
    command += ["--follow-imports=silent", "--follow-untyped-imports", "--check-untyped-defs", "facts.py"]
    output = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    return said, {number: _answer(number, output) for number in said}


def _answer(line: int, output: str) -> str:
    messages = re.findall(rf"^facts\.py:{line}: (.*)$", output, re.MULTILINE)
    revealed = next((m.partition('"')[2].rstrip('"') for m in messages if "ObservedError type is" in m), "Any")
    if revealed == "Any" or "Coroutine[" in revealed.partition("|")[0]:  # not to be awaited is another mistake
        return "unknown"
    return "fault" if any('has no attribute "__aiter__"' in message for message in messages) else "fine"


def _mistakes(module: str, found: dict[str, Any], version: str) -> Iterator[str]:
    stub = modules(module.partition(".")[0])[module]
    for name, real in found.get("names", {}).items():
        nodes = stub.definitions.get(name)
        if f"{module}.{name}" in STANDS_FOR_ANOTHER:
            continue
        if nodes is None:
            if real.get("same") is False and not any(part.startswith("_") for part in module.split(".")):
                yield from _other_mistakes(f"{module}.{name}", stub.imports[name], real)
        elif isinstance(nodes[0], ast.ClassDef):
            yield from _class_mistakes(module, nodes[0], real, version)
        else:
            yield from _kind_mistakes(f"{module}.{name}", nodes, real["kind"])


def _other_mistakes(name: str, source: tuple[str, str], real: dict[str, Any]) -> Iterator[str]:
    """An older release may keep another object under a name, which has to be used alike."""
    module, original = follow(*source)
    if class_node(module, original) is None:
        yield from _kind_mistakes(name, modules(module.partition(".")[0])[module].definitions[original], real["kind"])
    elif set(real.get("protocol", ())) & ASYNC != protocol(module, original) & ASYNC:
        yield f"{name} is not what {'.'.join(source)} is"


def _class_mistakes(module: str, node: ast.ClassDef, real: dict[str, Any], version: str) -> Iterator[str]:
    if "protocol" not in real:
        yield f"{module}.{node.name} is no class but {real['kind']} ({real['type'][0]})"
        return
    said, true = protocol(module, node.name), set(real["protocol"])
    partly = partial_protocol(module, node.name)
    for dunder in sorted(true - said):
        yield f"{module}.{node.name} has {dunder}, which the stub leaves out"
    for dunder in sorted(said - true):
        if dunder != "__getattr__" and (dunder not in partly or version in partly[dunder]):
            yield f"{module}.{node.name} has no {dunder}, which the stub promises"
    for name, kind in real["members"].items():
        yield from _kind_mistakes(f"{module}.{node.name}.{name}", defined(node.body)[name], kind)


def _kind_mistakes(name: str, nodes: list[Definition], real: str) -> Iterator[str]:
    if real == "function" and len({_kind(node) for node in nodes}) > 1:
        return  # overloads of which some give a coroutine
    for node in nodes:
        said = _kind(node)
        if real in _ALLOWED[said] or (said == "function" and _result(node) in _made_by_decorators(name)):
            continue
        if name.endswith(("__iter__", "__aiter__", "__await__")):
            continue  # that there is one is compared with the class; which kind of iterator it gives does not matter
        yield f"{name} is {real}, not {said}"


def _result(node: Definition) -> str:
    returns = getattr(node, "returns", None)
    return ast.unparse(returns).partition("[")[0] if returns is not None else ""


def _made_by_decorators(name: str) -> set[str]:
    """Classes that a library's own decorators make of what a function gives."""
    return {made.rpartition(".")[2] for made in read_pins().packages[name.partition(".")[0]].decorators.values()}


# What a stub's form may be in the real package. A plain function is one that no layer makes anything else.
_ALLOWED = {
    "async manager": {"async manager", "function over async manager"},
    "sync manager": {"sync manager", "function over sync manager"},
    "coroutine": {"coroutine", "function over coroutine"},
    "async generator": {"async generator", "function over async generator", "function"},
    "generator": {"generator", "function over generator", "function"},
    "function": {"function"},
    "property": {"property", "other"},
    "attribute": {"property", "other", "class"},
}


class _Anything(set[str]):
    def __contains__(self, item: object) -> bool:
        return True


_ALLOWED["unknown"] = _Anything()


def _kind(node: Definition) -> str:
    match node:
        case ast.AnnAssign(annotation=annotation):
            text = ast.unparse(annotation)
            return "unknown" if text == "Any" or "Callable" in text else "attribute"
        case ast.AsyncFunctionDef() | ast.FunctionDef():
            return _kind_of_function(node)
        case _:
            return "unknown"


def _kind_of_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    returns = ast.unparse(node.returns) if node.returns is not None else ""
    for decorator, kind in {
        "asynccontextmanager": "async manager",
        "contextmanager": "sync manager",
        "property": "property",
    }.items():
        if decorator in decorators:
            return kind
    if isinstance(node, ast.AsyncFunctionDef):
        return "coroutine"
    return {"AsyncGenerator": "async generator", "Generator": "generator"}.get(returns.partition("[")[0], "function")
